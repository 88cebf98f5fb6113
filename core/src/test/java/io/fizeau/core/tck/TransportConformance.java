package io.fizeau.core.tck;

import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.TransportSpec;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.DrivingChoice;
import io.fizeau.core.tck.rig.Peer;
import io.fizeau.core.tck.rig.Rig;
import io.fizeau.core.tck.rig.Way;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.Guarantees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * The conformance kit: what every transport must pass before its numbers count. To run it on a transport of one's own, put
 * {@code io.fizeau:fizeau-core} with the type {@code test-jar} and the classifier {@code tck} on the test class path, together
 * with JUnit, and write
 *
 * <pre>{@code
 * final class MyTransportConformanceIT extends TransportConformance {
 *     protected String spec() {
 *         return "my-transport";
 *     }
 * }
 * }</pre>
 *
 * Without a build tool, {@code fizeau check SPEC --plugin my.jar} runs the same.
 *
 * <p>The transport is found by {@link java.util.ServiceLoader}, as it is in a benchmark. A test runs for each way of driving the
 * two ends that the transport offers, and, where the transport crosses processes, the essential ones run again with the listening
 * end in another JVM. What the transport does not promise is not asked for: such a test is skipped, and says why. A transport that
 * is not available here is skipped as a whole, with its own reason. Over one that does not keep the boundaries of messages, the kit
 * keeps them itself, and so checks all else: that every byte comes once, in order and unaltered.
 *
 * <p>Each test has a time-out of its own; JUnit must run the tests of one class one after another, which is its default.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = TransportConformance.TEST_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class TransportConformance
        implements MessagePromises,
                FlowPromises,
                LifePromises,
                PeerPromises,
                HandlerPromises,
                ManyPromises,
                ResourcePromises {
    static final long TEST_SECONDS = 90;

    /** Long enough for any machine: it is reached only by a fault. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long CLOSE_SECONDS = 30;
    private static final int LEAST_MESSAGE_BYTES = 64;

    private @Nullable Transports registry; // beforeAll
    private @Nullable TransportSpec parsed; // beforeAll
    private @Nullable ConfiguredTransport configured; // beforeAll
    private @Nullable Rig rig; // beforeEach
    private @Nullable Peer peer; // the test that needs it first

    /**
     * Which transport is tested, with which options and layers. The option {@code driving} is set by the kit, unless it is set
     * here; {@code sends} is set by the kit.
     *
     * @return a spec string.
     */
    protected abstract String spec();

    /**
     * Where the transport is found.
     *
     * @return what is installed, unless overridden.
     */
    protected Transports transports() {
        return Transports.installed();
    }

    /**
     * How many connections one node must carry at once.
     *
     * @return 50, unless overridden.
     */
    @Override
    public int connectionCount() {
        return 50;
    }

    /**
     * How much a connection may take at the most while its peer does not read: its own buffers, the system's, the peer's. Beyond
     * that its memory is not bounded.
     *
     * @return 64 MiB, unless overridden.
     */
    @Override
    public long maxHeldBytes() {
        return 64L << 20;
    }

    /**
     * How much both ends together may allocate for each message of an echo, once warm.
     *
     * @return 16 bytes, which leaves room for what is allocated now and then but not for an object a message; a transport that
     *     cannot do without overrides it.
     */
    @Override
    public int maxGarbagePerMessageBytes() {
        return 16;
    }

    /**
     * How long a test waits for what has no time limit of its own. Reached only by a fault, so make it longer on a slow machine,
     * and never shorter to make a run faster.
     *
     * @return 10 seconds, unless overridden.
     */
    protected Duration patience() {
        return PATIENCE;
    }

    /** {@inheritDoc} */
    @Override
    public final Rig rig() {
        return Objects.requireNonNull(rig, "no test runs");
    }

    @BeforeAll
    @Timeout(CLOSE_SECONDS)
    final void resolve() {
        registry = transports();
        parsed = TransportSpec.parse(spec());
        configured = registry.resolve(parsed);
        final Availability availability = configured.availability();
        Assumptions.assumeTrue(
                availability.isAvailable(), () -> spec() + " is not available here: " + availability.reason());
        final Guarantees guarantees = configured.guarantees();
        Assumptions.assumeTrue(
                guarantees.maxMessageBytes() >= LEAST_MESSAGE_BYTES,
                () -> spec() + " does not send messages of at least " + LEAST_MESSAGE_BYTES
                        + " bytes: the kit has nothing to check");
    }

    @BeforeEach
    final void assemble() {
        rig = new Rig(registry, parsed, this::peer, patience().toNanos());
    }

    @AfterEach
    @Timeout(value = CLOSE_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    final void takeApart() {
        final Rig used = rig();
        used.close();
        used.faults().check();
    }

    @AfterAll
    @Timeout(CLOSE_SECONDS)
    final void endPeer() {
        if (peer != null) {
            peer.close();
        }
    }

    private Peer peer() {
        if (peer == null || !peer.isAlive()) {
            peer = new Peer(spec());
        }
        return peer;
    }

    final Stream<Way> everywhere() {
        return Stream.concat(ways(), pairsApart());
    }

    final Stream<Way> pairsEverywhere() {
        return Stream.concat(pairs(), pairsApart());
    }

    private Stream<Way> pairsApart() {
        return pairs().map(way -> new Way(way.listening(), way.connecting(), true));
    }

    final Stream<Way> ways() {
        return listening().flatMap(l -> connecting().map(c -> new Way(l.listening(), c.connecting(), false)));
    }

    /** {@inheritDoc} */
    @Override
    public final Stream<Way> pairs() {
        final List<Way> listening = listening().toList();
        final List<Way> connecting = connecting().toList();
        final Set<Way> pairs = new LinkedHashSet<>();
        for (int i = 0; i < Math.max(listening.size(), connecting.size()); i++) {
            pairs.add(new Way(
                    listening.get(i % listening.size()).listening(),
                    connecting.get(i % connecting.size()).connecting(),
                    false));
        }
        return pairs.stream();
    }

    final Stream<Way> connecting() {
        final ConfiguredTransport transport = configured();
        final List<Way> ways = new ArrayList<>();
        final Driving listener =
                offered(transport.driving().listening()).iterator().next();
        offered(transport.driving().connecting()).forEach(driving -> ways.add(new Way(listener, driving, false)));
        return ways.stream();
    }

    final Stream<Way> listening() {
        final ConfiguredTransport transport = configured();
        final List<Way> ways = new ArrayList<>();
        final Driving connector =
                offered(transport.driving().connecting()).iterator().next();
        offered(transport.driving().listening()).forEach(driving -> ways.add(new Way(driving, connector, false)));
        return ways.stream();
    }

    // A driving set in the spec is kept wherever it is offered.
    private Set<Driving> offered(final Set<Driving> all) {
        final DrivingChoice choice = configured().settings().get(CommonOptions.DRIVING);
        if (choice != DrivingChoice.AUTO && all.contains(Driving.valueOf(choice.name()))) {
            return Set.of(Driving.valueOf(choice.name()));
        }
        return all;
    }

    private ConfiguredTransport configured() {
        return Objects.requireNonNull(configured, "not resolved");
    }
}
