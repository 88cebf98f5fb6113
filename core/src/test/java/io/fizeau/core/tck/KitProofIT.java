package io.fizeau.core.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.tck.KitReport.Outcome;
import io.fizeau.core.tck.KitReport.Result;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.tck.faulty.MemoryTransport;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault fails the very test that was written for it, and each test is there for a fault. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class KitProofIT {
    /** Short, because most faults are found by something that never comes. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** What a transport within one JVM cannot do wrong: proven where there is one that crosses processes. */
    private static final Set<String> PROVEN_ELSEWHERE = Set.of("shouldNoticeThatThePeerWasKilled");

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldFindTheFaultByItsOwnTest(final Fault fault) {
        final Transports transports = Transports.of(List.of(new MemoryTransport(fault)), List.of());
        final String spec = fault.spec() + (fault.spec().contains("?") ? "&" : "?") + "driving=caller";

        final KitReport report = KitRunner.run(spec, transports, fault.test(), PATIENCE, outcome -> {});

        assertThat(report.all(Result.FAILED)).extracting(Outcome::test).containsOnly(fault.test());
        assertThat(report.count(Result.PASSED)).isZero();
        assertThat(report.isPassed()).isFalse();
    }

    @Test
    void shouldHaveAFaultForEveryTest() {
        final Set<String> tests = Stream.of(TransportConformance.class.getInterfaces())
                .flatMap(subject -> Arrays.stream(subject.getDeclaredMethods()))
                .map(Method::getName)
                .filter(name -> name.startsWith("should"))
                .collect(Collectors.toCollection(TreeSet::new));

        tests.removeAll(PROVEN_ELSEWHERE);

        assertThat(Arrays.stream(Fault.values()).map(Fault::test).filter(test -> !test.isEmpty()))
                .containsAll(tests)
                .allMatch(tests::contains);
    }

    @Test
    void shouldSkipATransportThatIsNotAvailableAndSayWhy() {
        final Transports transports = Transports.of(List.of(new AbsentTransport()), List.of());

        final KitReport report = KitRunner.run("absent", transports, "", PATIENCE, outcome -> {});

        assertThat(report.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.result()).isEqualTo(Result.SKIPPED);
            assertThat(outcome.reason()).isEqualTo("absent is not available here: it needs a moon");
        });
        assertThat(report.isPassed()).isFalse();
    }

    /** A transport that no host can run. */
    private static final class AbsentTransport implements Transport {
        @Override
        public String name() {
            return "absent";
        }

        @Override
        public String description() {
            return "never there";
        }

        @Override
        public Guarantees guarantees(final Settings settings) {
            return Guarantees.of(1024, Guarantee.KEEPS_BOUNDARIES);
        }

        @Override
        public DrivingSupport driving(final Settings settings) {
            return DrivingSupport.BOTH;
        }

        @Override
        public Availability availability(final Settings settings) {
            return Availability.no("it needs a moon");
        }

        @Override
        public Address loopbackAddress(final Settings settings) {
            return HostPort.loopback();
        }

        @Override
        public Node open(final Settings settings, final NodeContext context) {
            throw new AssertionError("opened although it is not available");
        }
    }
}
