package io.fizeau.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import io.fizeau.results.validity.ValidityRules;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosedComparisonsTest {
    @TempDir
    private Path temp;

    @Test
    void shouldCompareSpinningWithSpinningAndBlockingWithBlocking() {
        final RunFolderBuilder builder = new RunFolderBuilder(temp)
                .transport("inproc", "spinning")
                .transport("aeron-udp", "spinning")
                .transport("tcp-nio", "spinning")
                .transport("tcp-blocking", "blocking")
                .transport("tcp-nio?wait=select", "blocking");
        for (int round = 0; round < 6; round++) {
            final double shared = 1 + round / 4.0;
            builder.closed(round, "inproc", 100 * shared)
                    .closed(round, "aeron-udp", (7000 + round) * shared)
                    .closed(round, "tcp-nio", 8000 * shared)
                    .closed(round, "tcp-blocking", (45_000 + 100 * round) * shared)
                    .closed(round, "tcp-nio?wait=select", 40_000 * shared);
        }
        final Map<String, Comparison> comparisons = compare(builder);
        assertThat(comparisons).containsOnlyKeys("aeron-udp", "tcp-nio", "tcp-blocking", "tcp-nio?wait=select");
        assertThat(comparisons.get("tcp-nio").verdict()).isEqualTo(Verdict.REFERENCE);
        assertThat(comparisons.get("aeron-udp").verdict()).isEqualTo(Verdict.FASTER);
        assertThat(comparisons.get("aeron-udp").ratio().ratio()).isCloseTo(7 / 8.0, within(1e-3));
        assertThat(comparisons.get("tcp-blocking").reference().param("transport"))
                .isEqualTo("tcp-nio?wait=select");
        assertThat(comparisons.get("tcp-blocking").verdict()).isEqualTo(Verdict.SLOWER);
    }

    @Test
    void shouldPairByRoundNotByPosition() {
        final RunFolderBuilder builder =
                new RunFolderBuilder(temp).transport("tcp-nio", "spinning").transport("aeron-udp", "spinning");
        for (int round = 0; round < 7; round++) {
            final double shared = 1000.0 * (round + 1);
            if (round != 2) {
                builder.closed(round, "tcp-nio", shared);
            }
            if (round != 5) {
                builder.closed(round, "aeron-udp", shared * 2);
            }
        }
        final Comparison comparison = compare(builder).get("aeron-udp");
        assertThat(comparison.ratio().pairs()).isEqualTo(5);
        assertThat(comparison.ratio().ratio()).isCloseTo(2, within(1e-9));
        assertThat(comparison.ratio().sdLog()).isCloseTo(0, within(1e-9));
    }

    @Test
    void shouldGiveAnInvalidRowNoVerdictAndNoPlaceInTheFamily() {
        final RunFolderBuilder builder = new RunFolderBuilder(temp)
                .transport("tcp-nio", "spinning")
                .transport("aeron-udp", "spinning")
                .transport("aeron-ipc", "spinning")
                .kit(1, "FAILED", "shouldKeepOrder");
        for (int round = 0; round < 6; round++) {
            builder.closed(round, "tcp-nio", 8000 + round)
                    .closed(round, "aeron-udp", 7000)
                    .closed(round, "aeron-ipc", 150);
        }
        final Map<String, Comparison> comparisons = compare(builder);
        assertThat(comparisons.get("aeron-udp").verdict()).isEqualTo(Verdict.INVALID);
        assertThat(comparisons.get("aeron-udp").holmP()).isNaN();
        assertThat(comparisons.get("aeron-ipc").verdict()).isEqualTo(Verdict.FASTER);
        assertThat(comparisons.get("aeron-ipc").holmP())
                .isEqualTo(comparisons.get("aeron-ipc").ratio().pValue());
    }

    @Test
    void shouldGiveNoVerdictAgainstAnInvalidReference() {
        final RunFolderBuilder builder = new RunFolderBuilder(temp)
                .transport("tcp-nio", "spinning")
                .transport("aeron-udp", "spinning")
                .kit(0, "NOT_RUN", "");
        for (int round = 0; round < 6; round++) {
            builder.closed(round, "tcp-nio", 8000 + round).closed(round, "aeron-udp", 7000);
        }
        final Map<String, Comparison> comparisons = compare(builder);
        assertThat(comparisons.get("tcp-nio").verdict()).isEqualTo(Verdict.INVALID);
        assertThat(comparisons.get("aeron-udp").verdict()).isEqualTo(Verdict.NO_VERDICT);
    }

    @Test
    void shouldCompareNothingWithoutAReference() {
        final RunFolderBuilder builder =
                new RunFolderBuilder(temp).transport("aeron-udp", "spinning").closed(0, "aeron-udp", 7000);
        assertThat(compare(builder)).isEmpty();
    }

    private static Map<String, Comparison> compare(final RunFolderBuilder builder) {
        final Run run = RunReader.read(builder.write());
        return ClosedComparisons.of(run, ValidityRules.standard()).entrySet().stream()
                .collect(Collectors.toMap(e -> e.getKey().param("transport"), Map.Entry::getValue));
    }
}
