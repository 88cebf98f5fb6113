package io.fizeau.results.validity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidityRulesTest {
    @TempDir
    private Path temp;

    private RunFolderBuilder builder;

    @BeforeEach
    void setUp() {
        builder = new RunFolderBuilder(temp).transport("tcp-nio", "spinning").transport("aeron-udp", "spinning");
    }

    @Test
    void shouldFindNothingWrongWithAWholeRow() {
        builder.closed(0, "tcp-nio", 8000).closed(1, "tcp-nio", 8000);
        assertThat(first()).isEqualTo(new Validity(List.of(), List.of()));
    }

    @Test
    void shouldNameFailedForksWithTheirReasonsOnce() {
        builder.closed(0, "tcp-nio", 8000)
                .failed(1, RunFolderBuilder.CLOSED, "tcp-nio", "peer closed")
                .failed(2, RunFolderBuilder.CLOSED, "tcp-nio", "peer closed");
        assertThat(first().reasons()).containsExactly("2 of 3 forks failed: peer closed");
    }

    @Test
    void shouldNameRoundsInWhichOnlyOthersRan() {
        builder.closed(0, "tcp-nio", 8000)
                .closed(0, "aeron-udp", "32", "[[7000, 2000]]")
                .closed(1, "aeron-udp", "32", "[[7000, 2000]]")
                .closed(2, "aeron-udp", "32", "[[7000, 2000]]");
        assertThat(first().reasons()).containsExactly("2 forks missing: no fork in round 2, 3");
    }

    @Test
    void shouldNotMissForksOfASuiteThatTakesPartInFewerRounds() {
        builder.closed(0, "tcp-nio", 8000).closed(1, "tcp-nio", 8000).oneWay(0, "tcp-nio", "gathered", 1e6);
        final Run run = read();
        assertThat(run.rows())
                .allMatch(row -> Validity.of(run, row, ValidityRules.standard()).isValid());
    }

    @Test
    void shouldCallARunThatStoppedBeforeItsLastRoundInvalid() {
        builder.incomplete("interrupted")
                .closed(0, "tcp-nio", 8000)
                .closed(1, "tcp-nio", 8000)
                .rounds(6, 2);
        assertThat(first().reasons()).containsExactly("forks missing: the run stopped after 2 of 6 rounds");
    }

    @Test
    void shouldCallARateThatWasNotReachedInvalid() {
        builder.openLoop(0, "tcp-nio", "10k", 10_000, 9_940, 0, 9_000, 30_000);
        assertThat(first().reasons()).singleElement().asString().contains("the rate was not reached", "99.4 %");
    }

    @Test
    void shouldNotTakeABacklogWorkedOffAfterwardsForARateThatWasReached() {
        builder.openLoop(0, "tcp-nio", "10k", 10_000, 10_000, 0, 9_000, 30_000, 1_000, 400);
        assertThat(first().reasons()).singleElement().asString().contains("the rate was not reached", "96.0 %");
    }

    @Test
    void shouldBlameALateGeneratorAndNotTheTransport() {
        builder.openLoop(0, "tcp-nio", "10k", 10_000, 10_000, 0, 9_000, 100_000, 11_000);
        assertThat(first().reasons()).singleElement().asString().contains("generator late", "at p99 (and", "11 us");
    }

    @Test
    void shouldSayThatTheLatestMessageStandsForAP99OfTooFew() {
        builder.openLoop(0, "tcp-nio", "10k", 500, 500, 0, 9_000, 100_000, -12_000);
        assertThat(first().reasons())
                .singleElement()
                .asString()
                .contains("at max, there being too few messages to tell p99 (and", "12 us");
        builder.openLoop(1, "tcp-nio", "10k", 500, 500, 0, 9_000, 100_000, 11_000);
        assertThat(first().reasons()).singleElement().asString().contains("in 2 of 2", "at p99 or at max, there");
    }

    @Test
    void shouldForgiveLatenessThatIsNoMoreThanALookForAnAnswer() {
        builder.openLoop(0, "tcp-nio", "10k", 10_000, 10_000, 0, 9_000, 30_000, 9_000);
        assertThat(first().isValid()).isTrue();
    }

    @Test
    void shouldOnlyRemarkWhatOneForkInFourShows() {
        builder.openLoop(0, "tcp-nio", "10k", 10_000, 9_000, 0, 9_000, 30_000)
                .openLoop(1, "tcp-nio", "10k", 10_000, 10_000, 0, 9_000, 30_000)
                .openLoop(2, "tcp-nio", "10k", 10_000, 10_000, 0, 9_000, 30_000)
                .openLoop(3, "tcp-nio", "10k", 10_000, 10_000, 0, 9_000, 30_000);
        assertThat(first().reasons()).isEmpty();
        assertThat(first().remarks()).singleElement().asString().contains("in 1 of 4 forks");
    }

    @Test
    void shouldHoldAReliableTransportToItsWordInTheLedger() {
        builder = new RunFolderBuilder(temp).transport("tcp-nio", "spinning", "reliable");
        builder.openLoop(0, "tcp-nio", "10k", 10_000, 9_999, 1, 9_000, 30_000);
        assertThat(first().reasons()).containsExactly("1 message not back within the deadline, promised reliable");
    }

    @Test
    void shouldBelieveOnlyATransportThatPassedTheKit() {
        builder.kit(0, "FAILED", "shouldKeepOrder").closed(0, "tcp-nio", 8000);
        assertThat(first().reasons()).containsExactly("conformance kit FAILED: shouldKeepOrder");
        builder.kit(0, "NOT_RUN", "--no-check");
        assertThat(first().reasons()).containsExactly("conformance kit not run: --no-check");
    }

    @Test
    void shouldNotBelieveATransportThatTheManifestDoesNotKnow() {
        builder.closed(0, "other", 8000);
        assertThat(first().reasons()).containsExactly("the manifest does not name this transport");
    }

    @Test
    void shouldSayWhyATransportCannotRun() {
        builder.unavailable(0, "no room in /dev/shm").failed(0, RunFolderBuilder.CLOSED, "tcp-nio", "");
        assertThat(first().reasons())
                .containsExactly(
                        "the transport cannot run here: no room in /dev/shm", "1 of 1 fork failed: no reason given");
    }

    @Test
    void shouldNotBelieveAForkThatMeasuredNothing() {
        builder.closed(0, "tcp-nio", "32", "[]", "[]");
        assertThat(first().reasons()).containsExactly("nothing was measured in 1 of 1 fork");
        builder.oneWay(0, "tcp-nio", "each", 0, 0).oneWay(1, "tcp-nio", "each", 1, 2);
        final Run run = read();
        assertThat(Validity.of(run, run.rows().get(1), ValidityRules.standard()).reasons())
                .containsExactly("nothing was measured in 1 of 2 forks");
    }

    @Test
    void shouldNotBelieveALossOfWhoPromisedToBeReliable() {
        final String lost = "{\"lost\": {\"score\": 3, \"scoreUnit\": \"#\", \"rawData\": [[1, 2, \"NaN\"]]}}";
        final String primary = "{\"score\": 1, \"scoreUnit\": \"ops/s\", \"rawData\": [[5]]}";
        builder.transport("tcp-lossless", "spinning", "reliable")
                .fork(0, RunFolderBuilder.ONE_WAY, Map.of("transport", "tcp-nio"), "thrpt", primary, lost)
                .fork(0, RunFolderBuilder.ONE_WAY, Map.of("transport", "tcp-lossless"), "thrpt", primary, lost);
        assertThat(first()).isEqualTo(new Validity(List.of(), List.of("3 messages lost")));
        final Run run = read();
        assertThat(Validity.of(run, run.rows().get(1), ValidityRules.standard()).reasons())
                .containsExactly("3 messages lost, promised reliable");
    }

    @Test
    void shouldNotBelieveARowWhoseForksDrift() {
        builder.oneWay(0, "tcp-nio", "each", 100, 100, 100, 130, 130, 130);
        assertThat(first().reasons())
                .containsExactly("not steady: in 1 of 1 fork the second half differs from the first by more than 20 %");
    }

    @Test
    void shouldMerelyRemarkASingleForkThatDriftsAmongMany() {
        for (int round = 0; round < 5; round++) {
            final double last = round == 3 ? 70 : 101;
            builder.oneWay(round, "tcp-nio", "each", 100, 100, 100, last, last, last);
        }
        assertThat(first().isValid()).isTrue();
        assertThat(first().remarks()).hasSize(1);
    }

    @Test
    void shouldNotJudgeSteadinessByAFewIterations() {
        builder.oneWay(0, "tcp-nio", "each", 100, 100, 100, 200, 200);
        assertThat(first().isValid()).isTrue();
    }

    @Test
    void shouldAskNoManifestOfAPlainJmhFile() throws IOException {
        final Path file = Files.writeString(temp.resolve("r.json"), """
                [{"benchmark": "a.B.c", "mode": "avgt", "params": {"transport": "x"},
                  "primaryMetric": {"score": 2.0, "scoreUnit": "us/op", "rawData": [[1.0]]}}]""");
        final Run run = RunReader.read(file);
        assertThat(Validity.of(run, run.rows().get(0), ValidityRules.standard()).isValid())
                .isTrue();
    }

    private Run read() {
        return RunReader.read(builder.write());
    }

    private Validity first() {
        final Run run = read();
        return Validity.of(run, run.rows().get(0), ValidityRules.standard());
    }
}
