package io.fizeau.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.RunReader;
import io.fizeau.results.stats.RoundsNeeded;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PilotReadingTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTakeAsManyRoundsAsTheMostRestlessComparisonNeeds() {
        final PilotReading reading = PilotReading.of(RunReader.read(pilot(0.02)), 0.03);

        assertThat(reading.rounds()).isEqualTo(4);
        assertThat(reading.lines())
                .extracting(line -> line.row().param("transport"))
                .containsExactly("a", "b");
        assertThat(reading.lines()).allSatisfy(line -> {
            assertThat(line.reference()).isEqualTo("tcp-nio");
            assertThat(line.pairs()).isEqualTo(4);
            assertThat(line.sdLogUpper()).isEqualTo(RoundsNeeded.upperBound(line.sdLog(), 4));
            assertThat(line.needed()).isEqualTo(RoundsNeeded.of(line.sdLogUpper(), 0.03));
        });
        // The logs are +x and -x in turn: their standard deviation is x times the root of 4/3.
        assertThat(reading.lines().get(1).sdLog()).isCloseTo(0.02 * Math.sqrt(4 / 3.0), Offset.offset(1e-9));
        assertThat(reading.needed()).isEqualTo(reading.lines().get(1).needed());
        assertThat(reading.chosen()).isEqualTo(reading.needed()).isGreaterThan(Verdict.MIN_PAIRS);
        assertThat(reading.detectable()).isLessThanOrEqualTo(0.03);
    }

    @Test
    void shouldNotGoBelowWhatAVerdictTakes() {
        final PilotReading reading = PilotReading.of(RunReader.read(pilot(0.002)), 0.03);

        assertThat(reading.needed()).isLessThan(Verdict.MIN_PAIRS);
        assertThat(reading.chosen()).isEqualTo(Verdict.MIN_PAIRS);
    }

    @Test
    void shouldSayWhatIsDetectableWhereTheNumberWouldBeTooLarge() {
        final PilotReading reading = PilotReading.of(RunReader.read(pilot(0.5)), 0.03);

        assertThat(reading.needed()).isGreaterThan(PilotReading.MOST_ROUNDS);
        assertThat(reading.chosen()).isEqualTo(PilotReading.MOST_ROUNDS);
        assertThat(reading.detectable()).isGreaterThan(0.03);
    }

    @Test
    void shouldRefuseAPilotThatComparesNothing() {
        final Path alone = new RunFolderBuilder(folder)
                .transport("tcp-nio", "spinning", "reliable")
                .closed(0, "tcp-nio", 8_000)
                .closed(1, "tcp-nio", 8_100)
                .write();

        assertThatThrownBy(() -> PilotReading.of(RunReader.read(alone), 0.03))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("compares no closed round trips");
    }

    private Path pilot(final double spread) {
        final RunFolderBuilder builder = new RunFolderBuilder(folder)
                .transport("tcp-nio", "spinning", "reliable")
                .transport("a", "spinning", "reliable")
                .transport("b", "spinning", "reliable");
        for (int round = 0; round < 4; round++) {
            final double sign = round % 2 == 0 ? 1 : -1;
            builder.closed(round, "tcp-nio", 8_000)
                    .closed(round, "a", 7_000 * Math.exp(sign * spread / 4))
                    .closed(round, "b", 9_000 * Math.exp(sign * spread));
        }
        return builder.write();
    }
}
