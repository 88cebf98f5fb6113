package io.fizeau.results.validity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineRulesTest {
    private static final String QUIET = "{\"hiccup.max\": 9.9, \"gc\": 10, \"safepoint\": 10}";
    private static final String STILL = "{\"steal\": 10, \"udp.drops\": 0, \"softnet.drops\": 0}";

    @TempDir
    private Path temp;

    private RunFolderBuilder builder;

    @BeforeEach
    void setUp() {
        builder = new RunFolderBuilder(temp).transport("tcp-nio", "spinning").transport("aeron-udp", "spinning");
    }

    @Test
    void shouldFindNothingWrongWithAQuietRow() {
        builder.closed(0, "tcp-nio", 8000).noise(QUIET, QUIET, STILL);
        assertThat(first()).isEqualTo(new Validity(List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"hiccup.max\": 24.2} | {} | {} | a hiccup of up to 24 ms in the client",
                "{} | {\"hiccup.max\": 11} | {} | a hiccup of up to 11 ms in the server",
                "{} | {} | {\"steal\": 30} | steal up to 3.0 % of a processor's time",
                "{\"gc\": 5, \"safepoint\": 12} | {} | {} | up to 1.2 % of the time in pauses of the client's JVM",
                "{} | {\"gc\": 50} | {} | up to 5.0 % of the time in pauses of the server's JVM"
            })
    void shouldNotBelieveARowWhoseOnlyForkPassedALimit(
            final String fork, final String server, final String host, final String text) {
        builder.closed(0, "tcp-nio", 8000).noise(fork, server, host);
        assertThat(first().reasons()).containsExactly("noise: " + text + " in 1 of 1 fork");
    }

    @Test
    void shouldMerelyRemarkASingleNoisyForkAmongOthers() {
        builder.closed(0, "tcp-nio", 8000).noise("{\"hiccup.max\": 24}", QUIET, STILL);
        builder.closed(1, "tcp-nio", 8000).noise(QUIET, QUIET, STILL);
        assertThat(first())
                .isEqualTo(new Validity(
                        List.of(), List.of("noise: a hiccup of up to 24 ms in the client in 1 of 2 forks")));
    }

    @Test
    void shouldNotBelieveARowOfWhichMoreThanAQuarterOfTheForksIsNoisy() {
        for (int round = 0; round < 7; round++) {
            builder.closed(round, "tcp-nio", 8000)
                    .noise(round == 0 ? "{\"hiccup.max\": 24}" : QUIET, QUIET, round == 1 ? "{\"steal\": 500}" : STILL);
        }
        assertThat(first().reasons())
                .containsExactly("noise: a hiccup of up to 24 ms in the client in 1 of 7 forks; "
                        + "steal up to 50.0 % of a processor's time in 1 of 7 forks");
        builder.closed(7, "tcp-nio", 8000).noise(QUIET, QUIET, STILL);
        assertThat(first().isValid()).isTrue();
    }

    @Test
    void shouldGoByWhatTheManifestSaysOfATransportAndNotByItsName() {
        final String drops = "{\"udp.drops\": 2}";
        final RunFolderBuilder said = new RunFolderBuilder(temp.resolve("said"))
                .transport("arq-selective", "spinning")
                .transport("not-udp", "spinning")
                .datagrams("arq-selective", true)
                .datagrams("not-udp", false);
        said.closed(0, "arq-selective", 8000).noise(QUIET, QUIET, drops);
        said.closed(0, "not-udp", "32", "[[7000, 2000]]").noise(QUIET, QUIET, drops);
        final Run run = RunReader.read(said.write());
        assertThat(validity(run, 0).isValid()).isFalse();
        assertThat(validity(run, 1).isValid()).isTrue();
    }

    @Test
    void shouldMindDatagramsThatTheHostDroppedOnlyWhereDatagramsAreMeasured() {
        final String drops = "{\"udp.drops\": 2, \"softnet.drops\": 1}";
        builder.closed(0, "tcp-nio", 8000).noise(QUIET, QUIET, drops);
        builder.closed(0, "aeron-udp", "32", "[[7000, 2000]]").noise(QUIET, QUIET, drops);
        final Run run = RunReader.read(builder.write());
        assertThat(validity(run, 0).isValid()).isTrue();
        assertThat(validity(run, 1).reasons())
                .containsExactly("noise: the host dropped up to 3 datagrams in 1 of 1 fork");
    }

    @Test
    void shouldTakeWhatIsUnavailableForNoNoise() {
        final String none = "\"unavailable: the server shares the fork's process\"";
        builder.closed(0, "tcp-nio", 8000).noise("{\"hiccup.max\": \"unavailable: why\"}", none, "{}");
        assertThat(first()).isEqualTo(new Validity(List.of(), List.of()));
    }

    @Test
    void shouldSayThatNoiseCannotBeReadAndShowTheRun() {
        builder.closed(0, "tcp-nio", 8000).write("noise.json", "{\"schema\": \"fizeau.noise/2\"}");
        final Run run = RunReader.read(builder.write());
        assertThat(run.problems())
                .containsExactly("noise.json: has schema \"fizeau.noise/2\"; this version reads \"fizeau.noise/1\"");
        assertThat(validity(run, 0).isValid()).isTrue();
    }

    @Test
    void shouldNameTheThreadsThatSpinWhereProcessorsAreTooFew() {
        spinning("0").note("clientCpu", "none").note("serverCpu", "none");
        assertThat(first().reasons())
                .containsExactly("2 threads spin (the measuring one, the serving one) and only 1 processor is allowed");
    }

    @Test
    void shouldCountTheSpinningThreadsOfTransports() {
        spinning("0,2").note("clientTransportWaits", "spin").note("serverDriving", "own");
        assertThat(first().reasons())
                .containsExactly("3 threads spin (the measuring one, the client transport's own, the server transport's"
                        + " own) and only 2 processors are allowed");
    }

    @Test
    void shouldCountTheSpinningThreadsThatReceive() {
        spinning("0-1").note("clientReceivers", "1").note("clientReceiversWait", "spin");
        assertThat(first().reasons())
                .containsExactly("3 threads spin (the measuring one, the receiving one, the serving one) and only 2"
                        + " processors are allowed");
    }

    @Test
    void shouldCountEachOfSeveralReceivingThreadsAndNoneThatDoesNotSpin() {
        spinning("0-4").note("clientReceivers", "4").note("clientReceiversWait", "spin");
        spinning("0-5").note("clientReceivers", "4").note("clientReceiversWait", "spin");
        spinning("0-1").note("clientReceivers", "4").note("clientReceiversWait", "blocks");
        assertThat(first().reasons())
                .containsExactly("6 threads spin (the measuring one, 4 receiving ones, the serving one) and only 5"
                        + " processors are allowed");
    }

    @Test
    void shouldCountTheSpinningThreadsOfMediaDrivers() {
        spinning("0-4").note("clientDriverSpins", "2").note("serverDriverSpins", "2");
        assertThat(first().reasons())
                .containsExactly(
                        "6 threads spin (the measuring one, the serving one, 2 of the client's media driver, 2 of"
                                + " the server's media driver) and only 5 processors are allowed");
        spinning("0-1").note("clientDriverSpins", "0").note("serverDriverSpins", "0");
        assertThat(first().reasons()).hasSize(1);
    }

    @Test
    void shouldRemarkThatADriverElsewhereIsNotCounted() {
        spinning("0-1").note("clientDriver", "external").note("serverDriver", "external");
        assertThat(first())
                .isEqualTo(new Validity(
                        List.of(),
                        List.of("the media driver is a process of its own: its threads are not counted among those that"
                                + " spin")));
    }

    @Test
    void shouldNotBelieveTwoSpinningThreadsOnOneProcessor() {
        spinning("0-3").note("clientCpu", "2").note("serverCpu", "2");
        assertThat(first().reasons()).containsExactly("the measuring and the serving thread both spin on processor 2");
    }

    @Test
    void shouldBelieveAsManySpinningThreadsAsProcessors() {
        spinning("0-1").note("clientCpu", "0").note("serverCpu", "1");
        assertThat(first().isValid()).isTrue();
        spinning("unknown");
        assertThat(first().isValid()).isTrue();
    }

    private RunFolderBuilder spinning(final String allowedCpus) {
        return builder.closed(0, "tcp-nio", 8000)
                .note("clientWaits", "spin")
                .note("serverWaits", "spin")
                .note("allowedCpus", allowedCpus);
    }

    private Validity first() {
        return validity(RunReader.read(builder.write()), 0);
    }

    private static Validity validity(final Run run, final int row) {
        return Validity.of(run, run.rows().get(row), ValidityRules.standard());
    }
}
