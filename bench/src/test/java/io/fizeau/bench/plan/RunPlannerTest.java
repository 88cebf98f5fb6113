package io.fizeau.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunPlannerTest {
    private static final String CLOSED = "x.RoundTripBenchmark.closed";
    private static final String ONE_WAY = "x.ThroughputBenchmark.oneWay";
    private static final String OFFERED = "io.fizeau.bench.suite.OpenLoopBenchmark.offered";

    private final Map<String, Map<String, List<String>>> benchmarks = new LinkedHashMap<>();
    private final Transports transports = Transports.of(
            List.of(
                    new Named(
                            "slow",
                            Availability.yes(),
                            Set.of(Guarantee.CROSSES_PROCESSES, Guarantee.KEEPS_BOUNDARIES)),
                    new Named(
                            "fast",
                            Availability.yes(),
                            Set.of(Guarantee.CROSSES_PROCESSES, Guarantee.KEEPS_BOUNDARIES)),
                    new Named(
                            "far",
                            Availability.no("no wire"),
                            Set.of(Guarantee.CROSSES_PROCESSES, Guarantee.KEEPS_BOUNDARIES)),
                    new Named("near", Availability.yes(), Set.of(Guarantee.KEEPS_BOUNDARIES))),
            List.of());

    RunPlannerTest() {
        benchmarks.put(
                CLOSED,
                Map.of("transport", List.of("fast"), "messageBytes", List.of("32"), "server", List.of("process")));
        // In alphabetical order, as the catalog has them.
        benchmarks.put(
                OFFERED,
                new TreeMap<>(
                        Map.of("transport", List.of("fast"), "messageBytes", List.of("32"), "rate", List.of("10k"))));
        benchmarks.put(
                ONE_WAY,
                Map.of(
                        "transport",
                        List.of("fast"),
                        "messageBytes",
                        List.of("32"),
                        "sends",
                        List.of("each", "gathered")));
    }

    @Test
    void shouldMeasureAllThatCanRunAndSayWhatIsLeftOut() {
        RunPlan plan = plan(request(Profile.QUICK, List.of(), List.of()));

        assertThat(plan.transports()).map(transport -> transport.spec().text()).containsExactly("near", "fast", "slow");
        assertThat(plan.leftOut()).containsExactly(Map.entry("far", "no wire"));
        assertThat(plan.rows()).hasSize(9);
        assertThat(plan.forkCount()).isEqualTo(3 * 6 + 3 * 3 + 3 * 3);
    }

    @Test
    void shouldLeaveOutWhatTheQuickProfileHasNoTimeFor() {
        RunPlan plan = plan(request(Profile.QUICK, List.of(), List.of(32, 64, 128, 256), List.of(), List.of(), 0));

        assertThat(plan.estimate()).isLessThanOrEqualTo(Profile.QUICK.budget());
        assertThat(plan.leftOut()).containsKey("slow");
        assertThat(plan.leftOut().get("slow")).contains("240 s").contains("--transports");
    }

    @Test
    void shouldLeaveOutSizesThatATransportDoesNotTake() {
        RunPlan plan = plan(request(Profile.QUICK, List.of("fast"), List.of(32, 4096)));

        assertThat(plan.rows()).allSatisfy(row -> assertThat(row.params()).containsEntry("messageBytes", "32"));
        assertThat(plan.leftOut().get("fast")).contains("4096").contains("1024");
    }

    @Test
    void shouldLeaveOutATransportThatDoesNotKeepBoundaries() {
        Transports bytes = Transports.of(
                List.of(
                        new Named("bytes", Availability.yes(), Set.of(Guarantee.CROSSES_PROCESSES)),
                        new Named(
                                "fast",
                                Availability.yes(),
                                Set.of(Guarantee.CROSSES_PROCESSES, Guarantee.KEEPS_BOUNDARIES))),
                List.of());
        RunPlan plan = new RunPlanner(new BenchmarkCatalog(benchmarks), bytes)
                .plan(request(Profile.QUICK, List.of("bytes", "fast"), List.of()));

        assertThat(plan.transports()).map(transport -> transport.spec().text()).containsExactly("fast");
        assertThat(plan.leftOut().get("bytes")).contains("boundaries of messages");
    }

    @Test
    void shouldTakeOtherParametersFromWhatFollowsTheDashes() {
        RunPlan plan = plan(request(
                Profile.QUICK, List.of("fast"), List.of(), List.of(), List.of("throughput"), 2, "-p", "sends=each"));

        assertThat(plan.rows())
                .singleElement()
                .satisfies(row ->
                        assertThat(row.params()).containsEntry("sends", "each").containsEntry("transport", "fast"));
    }

    @Test
    void shouldOfferTheRatesThatAreAskedFor() {
        RunPlan plan =
                plan(request(Profile.QUICK, List.of("fast"), List.of(), List.of("5k", "20k"), List.of("openloop"), 2));

        assertThat(plan.rows())
                .extracting(row -> row.params().get("rate"), Row::measure)
                .containsExactly(tuple("5k", "offered 32 B 5k/s"), tuple("20k", "offered 32 B 20k/s"));
    }

    @Test
    void shouldRefuseARateThatCannotBeScheduled() {
        for (String rate : List.of("0", "-5", "fast", "2000M")) {
            assertThatThrownBy(() ->
                            request(Profile.QUICK, List.of("fast"), List.of(), List.of(rate), List.of("openloop"), 2))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("rate=");
        }
    }

    @Test
    void shouldRefuseWhatIsNotThere() {
        assertRefused(request(Profile.QUICK, List.of("nope"), List.of()), "fast, near, slow");
        assertRefused(request(Profile.QUICK, List.of("far"), List.of()), "no wire");
        assertRefused(request(Profile.QUICK, List.of("fast", "fast"), List.of()), "twice");
        assertRefused(request(Profile.QUICK, List.of("fast"), List.of(4096)), "4096");
        assertRefused(request(Profile.QUICK, List.of(), List.of(), List.of(), List.of("nope"), 0), "roundtrip");
        assertRefused(request(Profile.QUICK, List.of(), List.of(), List.of(), List.of(), 0, "-p", "nope=1"), "sends");
    }

    private void assertRefused(RunRequest request, String named) {
        assertThatThrownBy(() -> plan(request))
                .isInstanceOf(TransportException.class)
                .message()
                .contains(named)
                .hasLineCount(1);
    }

    private RunPlan plan(RunRequest request) {
        return new RunPlanner(new BenchmarkCatalog(benchmarks), transports).plan(request);
    }

    private static RunRequest request(Profile profile, List<String> specs, List<Integer> sizes) {
        return request(profile, specs, sizes, List.of(), List.of(), 0);
    }

    private static RunRequest request(
            Profile profile,
            List<String> specs,
            List<Integer> sizes,
            List<String> rates,
            List<String> suites,
            int rounds,
            String... jmh) {
        return new RunRequest(
                profile,
                specs,
                sizes,
                rates,
                suites,
                List.of(),
                rounds,
                1,
                new ServerPlace("process"),
                JmhArguments.parse(List.of(jmh)));
    }

    private record Named(String name, Availability available, Set<Guarantee> promises) implements Transport {
        @Override
        public String description() {
            return "made up";
        }

        @Override
        public Guarantees guarantees(Settings settings) {
            return new Guarantees(promises, 0, 1024);
        }

        @Override
        public DrivingSupport driving(Settings settings) {
            return DrivingSupport.BOTH;
        }

        @Override
        public Availability availability(Settings settings) {
            return available;
        }

        @Override
        public Address loopbackAddress(Settings settings) {
            return HostPort.loopback();
        }

        @Override
        public Node open(Settings settings, NodeContext context) {
            throw new UnsupportedOperationException();
        }
    }
}
