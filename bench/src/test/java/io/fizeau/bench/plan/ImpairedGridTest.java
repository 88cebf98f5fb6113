package io.fizeau.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.registry.Transports;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rows of the suites over a bad link, of the benchmarks and transports that there are. */
class ImpairedGridTest {
    private static final List<String> SUITES = List.of("losses", "goodput", "blackout");
    private static final String OFFERED = "LossRecoveryBenchmark.offered";

    @Test
    void shouldFitTheQuickProfileIntoAQuarterOfAnHour() {
        RunPlan plan = plan(Profile.QUICK, List.of(), List.of(), SUITES);

        assertThat(plan.estimate()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(15));
        assertThat(plan.forkTime()).isEqualTo(Duration.ofSeconds(6));
        assertThat(plan.transports())
                .map(transport -> transport.spec().text())
                .contains(
                        "tcp-nio",
                        "aeron-udp",
                        "arq-stop-and-wait",
                        "arq-go-back-n",
                        "arq-selective",
                        "arq-nak",
                        "arq-fec");
        assertThat(plan.leftOut()).containsKeys("inproc", "aeron-ipc", "tcp-blocking");
        assertThat(plan.leftOut().get("inproc")).contains("never cross a network");
        assertThat(plan.leftOut().get("tcp-blocking")).contains("--transports");
    }

    @Test
    void shouldSetOurProtocolsBesideTcpAndAeronWhereThatMakesSense() {
        RunPlan plan = plan(Profile.QUICK, List.of(), List.of(), SUITES);
        String lossy = "offered 256 B 500/s loss=1%:delay=10ms";

        assertThat(rows(plan, "aeron-udp")).contains(lossy);
        for (String each : List.of("arq-nak", "arq-fec", "arq-go-back-n")) {
            assertThat(rows(plan, each)).as(each).containsExactly(lossy);
        }
        assertThat(rows(plan, "arq-stop-and-wait"))
                .as("one datagram at a time carries no open loop over 20 ms")
                .containsExactly("closed 256 B loss=1%:delay=1ms");
        assertThat(rows(plan, "arq-selective")).hasSize(3).contains(lossy, "closed 256 B loss=1%:delay=1ms");
        assertThat(rows(plan, "udp")).isEmpty();
    }

    @Test
    void shouldHaveMoreRowsOfOurProtocolsWhereThereIsTime() {
        RunPlan plan = plan(Profile.STANDARD, List.of(), List.of(), SUITES);

        assertThat(rows(plan, "udp")).containsExactly("offered 256 B 500/s loss=1%:delay=10ms");
        assertThat(rows(plan, "arq-nak")).hasSize(3);
        assertThat(rows(plan, "arq-selective")).hasSize(6).anyMatch(row -> row.startsWith("streamed"));
        assertThat(rows(plan, "arq-stop-and-wait")).hasSize(2).noneMatch(row -> row.startsWith("offered"));
        for (Profile profile : Profile.values()) {
            assertThat(rows(plan(profile, List.of(), List.of(), SUITES), "tcp-nio"))
                    .as("no time is taken from TCP")
                    .hasSizeGreaterThan(20);
        }
    }

    @Test
    void shouldNotWaitForEverForAMessageThatMayBeLost() {
        RunPlan plan = plan(Profile.QUICK, List.of("udp"), List.of("loss=2%:delay=1ms"), List.of("losses", "goodput"));

        assertThat(rows(plan, "udp")).allMatch(row -> row.startsWith("offered"));
        assertThat(plan.leftOut().get("udp")).contains("longest message");
    }

    @Test
    void shouldNotLeaveOutWhatIsInUseForTheSakeOfAMechanism() {
        RunPlan plan = plan(Profile.QUICK, List.of(), List.of(), List.of("roundtrip", "openloop", "throughput"));

        assertThat(plan.transports())
                .map(transport -> transport.spec().text())
                .containsSubsequence("inproc", "aeron-ipc", "aeron-udp", "tcp-blocking", "tcp-nio");
        assertThat(plan.leftOut())
                .containsKeys("arq-fec", "arq-go-back-n", "arq-nak", "arq-selective", "arq-stop-and-wait", "udp");
    }

    private static List<String> rows(RunPlan plan, String transport) {
        return plan.rows().stream()
                .filter(row -> row.transport().equals(transport))
                .map(Row::measure)
                .toList();
    }

    @Test
    void shouldNameEachRowByWhatTellsItApart() {
        for (Profile profile : Profile.values()) {
            assertThat(plan(profile, List.of(), List.of(), SUITES).rows())
                    .extracting(Row::toString)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldHaveTheWholeGridInTheThoroughProfile() {
        RunPlan plan = plan(Profile.THOROUGH, List.of("tcp-nio"), List.of(), List.of(OFFERED));

        assertThat(values(plan, "impair"))
                .containsExactlyInAnyOrder(
                        "delay=1ms",
                        "delay=10ms",
                        "loss=0.1%:delay=1ms",
                        "loss=0.1%:delay=10ms",
                        "loss=1%:delay=1ms",
                        "loss=1%:delay=10ms",
                        "loss=5%:delay=1ms",
                        "loss=5%:delay=10ms",
                        "loss=20%:delay=1ms",
                        "loss=20%:delay=10ms",
                        "loss=0.1%:burst=4:delay=1ms",
                        "loss=0.1%:burst=4:delay=10ms",
                        "loss=1%:burst=4:delay=1ms",
                        "loss=1%:burst=4:delay=10ms",
                        "loss=5%:burst=4:delay=1ms",
                        "loss=5%:burst=4:delay=10ms",
                        "loss=20%:burst=4:delay=1ms",
                        "loss=20%:burst=4:delay=10ms");
        assertThat(values(plan, "congestion")).containsExactlyInAnyOrder("reno", "cubic", "bbr");
        assertThat(values(plan, "rtoMin")).containsExactlyInAnyOrder("200ms", "5ms");
        assertThat(plan.rows()).hasSize(18 * 3 * 2);
        assertThat(plan(Profile.THOROUGH, List.of(), List.of(), SUITES).estimate())
                .isLessThan(Duration.ofDays(1));
    }

    @Test
    void shouldWriteEachImpairmentInItsCanonicalForm() {
        assertThat(values(plan(Profile.THOROUGH, List.of(), List.of(), SUITES), "impair"))
                .allSatisfy(text -> assertThat(Impairment.parse(text).text()).isEqualTo(text));
    }

    @Test
    void shouldPinNothingOfWhatIsNotTcp() {
        RunPlan plan = plan(Profile.THOROUGH, List.of("aeron-udp"), List.of(), List.of(OFFERED));

        assertThat(values(plan, "congestion")).containsExactly("host");
        assertThat(values(plan, "rtoMin")).containsExactly("host");
        assertThat(plan.rows()).hasSize(18);
    }

    @Test
    void shouldTakeWhatIsAskedForInPlaceOfTheGrid() {
        RunPlan plan = plan(
                Profile.QUICK,
                List.of("tcp-nio"),
                List.of("loss=2%:delay=3ms"),
                List.of(),
                "-p",
                "congestion=reno,bbr");

        assertThat(plan.rows()).hasSize(8);
        assertThat(values(plan, "impair")).containsExactly("loss=2%:delay=3ms");
        assertThat(values(plan, "congestion")).containsExactlyInAnyOrder("reno", "bbr");
        assertThat(plan.rows().get(0).measure()).contains("loss=2%:delay=3ms", "reno");
    }

    @Test
    void shouldRefuseWhatCrossesNoNetwork() {
        assertThatThrownBy(() -> plan(Profile.QUICK, List.of("inproc"), List.of("loss=1%"), List.of()))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("never cross a network");
    }

    private static Set<String> values(RunPlan plan, String param) {
        return plan.rows().stream().map(row -> row.params().get(param)).collect(Collectors.toSet());
    }

    private static RunPlan plan(
            Profile profile, List<String> transports, List<String> impair, List<String> suites, String... jmh) {
        return new RunPlanner(BenchmarkCatalog.installed(), Transports.installed())
                .plan(new RunRequest(
                        profile,
                        transports,
                        List.of(),
                        List.of(),
                        suites,
                        impair,
                        0,
                        1,
                        new ServerPlace("process"),
                        JmhArguments.parse(List.of(jmh))));
    }
}
