package io.fizeau.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.Transports;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The suites that choose their transports: of connections, and of what security adds. */
class OwnTransportsTest {
    private static final String ECHOED = "io.fizeau.bench.suite.ConnectionBenchmark.echoed";
    private static final String FANNED_OUT = "io.fizeau.bench.suite.ConnectionBenchmark.fannedOut";
    private static final String SECURED = "io.fizeau.bench.suite.SecurityBenchmark.closed";
    private static final String CLOSED = "io.fizeau.bench.suite.RoundTripBenchmark.closed";

    private final Transports transports = Transports.installed();
    private final Map<String, Map<String, List<String>>> benchmarks = new LinkedHashMap<>();

    OwnTransportsTest() {
        benchmarks.put(
                ECHOED,
                params(
                        List.of("tcp-nio", "tcp-nio?wait=select-now", "no-such-thing"),
                        Map.of("connections", List.of("1", "1000", "10000"), "clientThreads", List.of("1"))));
        benchmarks.put(FANNED_OUT, params(List.of("tcp-nio"), Map.of("receivers", List.of("100"))));
        benchmarks.put(SECURED, params(List.of("tcp-nio+crc32c", "tcp-nio?noDelay=false+crc32c"), Map.of()));
        benchmarks.put(CLOSED, params(List.of("tcp-nio"), Map.of()));
    }

    @Test
    void shouldTakeTheTransportsThatASuiteNamesAndNoOthers() {
        RunPlan plan = plan(Profile.QUICK, List.of(), "connections");

        assertThat(plan.transports())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("tcp-nio", "tcp-nio?wait=select-now");
        assertThat(plan.leftOut()).doesNotContainKey("aeron-ipc");
    }

    @Test
    void shouldNotMeasureASuitesOwnVariantsInTheOthers() {
        RunPlan plan = plan(Profile.THOROUGH, List.of(), "connections", "roundtrip");

        assertThat(plan.rows())
                .filteredOn(row -> row.benchmark().equals(CLOSED))
                .extracting(Row::transport)
                .contains("tcp-nio", "tcp-nio?wait=select")
                .doesNotContain("tcp-nio?wait=select-now");
    }

    @Test
    void shouldConnectTenThousandOnlyWhereThereIsTime() {
        assertThat(plan(Profile.QUICK, List.of("tcp-nio"), "connections").rows())
                .extracting(row -> row.params().get("connections"))
                .contains("1000")
                .doesNotContain("10000");
    }

    @Test
    void shouldShareOneNumberOfConnectionsAmongSeveralClientThreads() {
        for (Profile profile : List.of(Profile.QUICK, Profile.STANDARD)) {
            assertThat(plan(profile, List.of("tcp-nio"), "connections").rows())
                    .filteredOn(row -> "2".equals(row.params().get("clientThreads")))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.params()).containsEntry("connections", "1000");
                        assertThat(row.measure()).isEqualTo("echoed 2 threads 1000 32 B");
                    });
        }
        assertThat(plan(Profile.QUICK, List.of("tcp-blocking"), "connections").rows())
                .extracting(row -> row.params().getOrDefault("clientThreads", "1"))
                .containsOnly("1");
        assertThat(plan(Profile.QUICK, List.of("tcp-nio"), List.of("-p", "clientThreads=1"), "connections")
                        .rows())
                .extracting(row -> row.params().getOrDefault("clientThreads", "1"))
                .containsOnly("1");
    }

    @Test
    void shouldTakeTheNumbersThatAreAskedFor() {
        assertThat(plan(Profile.QUICK, List.of("tcp-nio"), List.of("-p", "connections=7"), "connections")
                        .rows())
                .filteredOn(row -> row.benchmark().equals(ECHOED))
                .extracting(row -> row.params().get("connections"))
                .containsExactly("7");
    }

    @Test
    void shouldLeaveOutOfConnectionsWhatMayLoseMessages() {
        RunPlan plan = plan(Profile.QUICK, List.of("tcp-nio", "udp"), "connections");

        assertThat(plan.rows()).extracting(Row::transport).containsOnly("tcp-nio");
        assertThat(plan.leftOut().get("udp")).contains("promise to deliver");
    }

    @Test
    void shouldMeasureEachBesideItselfWithoutSecurityAndThatOnce() {
        RunPlan plan = plan(Profile.QUICK, List.of(), "security");

        assertThat(plan.rows())
                .extracting(Row::transport)
                .containsExactly("tcp-nio", "tcp-nio+crc32c", "tcp-nio?noDelay=false", "tcp-nio?noDelay=false+crc32c");
        assertThat(plan.transports())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        "tcp-nio", "tcp-nio+crc32c", "tcp-nio?noDelay=false", "tcp-nio?noDelay=false+crc32c");
    }

    @Test
    void shouldWarmUpLongEnoughForTheJdksTlsToBeCompiled() {
        assertThat(Profile.QUICK.warmupSeconds(Suite.SECURITY)).isEqualTo(4);
        assertThat(Profile.QUICK.warmupSeconds(Suite.ROUNDTRIP)).isEqualTo(1);
        assertThat(Profile.THOROUGH.warmupSeconds(Suite.SECURITY)).isEqualTo(5);
        assertThat(plan(Profile.QUICK, List.of(), "security").forkTime()).isEqualTo(Duration.ofSeconds(4 + 1));
        assertThat(JmhArguments.parse(List.of("-w", "2s")).forkTime(Profile.QUICK, Suite.SECURITY))
                .isEqualTo(Duration.ofSeconds(2 + 1));
    }

    @Test
    void shouldHaveTimeForAllOfTheSuiteOfSecurityInTheQuickProfile() {
        RunPlan plan = new RunPlanner(BenchmarkCatalog.installed(), transports)
                .plan(request(Profile.QUICK, List.of(), List.of("security"), "process", List.of()));

        assertThat(plan.leftOut().values()).noneMatch(reason -> reason.contains("no time"));
    }

    @Test
    void shouldSayThatThereIsNothingToTakeOff() {
        RunPlan plan = plan(Profile.QUICK, List.of("tcp-nio+crc32c", "tcp-blocking"), "security");

        assertThat(plan.rows()).extracting(Row::transport).containsExactly("tcp-nio", "tcp-nio+crc32c");
        assertThat(plan.leftOut().get("tcp-blocking")).contains("nothing to take off");
    }

    @Test
    void shouldRefuseToCompareTwoAtAServerOfOne() {
        assertThatThrownBy(() -> new RunPlanner(new BenchmarkCatalog(benchmarks), transports)
                        .plan(request(
                                Profile.QUICK,
                                List.of("tcp-nio+crc32c"),
                                List.of("security"),
                                "127.0.0.1:4000",
                                List.of())))
                .isInstanceOf(TransportException.class)
                .message()
                .contains("--server 127.0.0.1:4000", "security")
                .hasLineCount(1);
    }

    private RunPlan plan(Profile profile, List<String> specs, String... suites) {
        return plan(profile, specs, List.of(), suites);
    }

    private RunPlan plan(Profile profile, List<String> specs, List<String> jmh, String... suites) {
        return new RunPlanner(new BenchmarkCatalog(benchmarks), transports)
                .plan(request(profile, specs, List.of(suites), "process", jmh));
    }

    private static RunRequest request(
            Profile profile, List<String> specs, List<String> suites, String server, List<String> jmh) {
        return new RunRequest(
                profile,
                specs,
                List.of(),
                List.of(),
                suites,
                List.of(),
                0,
                1,
                new ServerPlace(server),
                JmhArguments.parse(jmh));
    }

    /** In alphabetical order, as the catalog has them. */
    private static Map<String, List<String>> params(List<String> specs, Map<String, List<String>> more) {
        Map<String, List<String>> params = new TreeMap<>(more);
        params.put("transport", specs);
        params.put("messageBytes", List.of("32"));
        params.put("server", List.of("process"));
        return params;
    }
}
