package io.fizeau.transports.datagram.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Connections;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class DatagramNodeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @ParameterizedTest
    @CsvSource({
        "udp?mtu=255, 256 to 65507",
        "udp?mtu=65508, 256 to 65507",
        "udp?liveness=499ms, 500ms",
        "udp?connectTimeout=0ms, 1ms",
        "arq-selective?window=1, 2 to 16384",
        "arq-selective?window=16385, 2 to 16384",
        "arq-selective?maxMessage=0, 1 to 1048576",
        "arq-selective?maxMessage=2m, 1 to 1048576"
    })
    void shouldNameTheRangeOfAnOption(final String spec, final String range) {
        assertThatThrownBy(() -> Transports.installed().resolve(spec))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining(spec.substring(spec.indexOf('?') + 1))
                .hasMessageContaining(range);
    }

    @Test
    void shouldHaveNoOptionThatMeansNothing() {
        assertThatThrownBy(() -> Transports.installed().resolve("udp?window=8")).hasMessageContaining("no option");
        assertThatThrownBy(() -> Transports.installed().resolve("udp?maxMessage=8"))
                .hasMessageContaining("no option");
    }

    @ParameterizedTest
    @CsvSource({"udp, 1456", "udp?mtu=8k, 8176", "udp?mtu=65507, 65491", "arq-selective?maxMessage=100k, 102400"})
    void shouldRefuseAMessageBeyondItsLimit(final String spec, final int limit) throws IOException {
        assertThat(Transports.installed().resolve(spec).guarantees().maxMessageBytes())
                .isEqualTo(limit);
        try (EchoPair pair = new EchoPair(spec).opened()) {
            assertThat(pair.connection().maxMessageBytes()).isEqualTo(limit);
            final UnsafeBuffer message = new UnsafeBuffer(new byte[limit + 1]);
            assertThat(pair.connection().send(message, 0, limit + 1)).isEqualTo(SendStatus.TOO_LONG);
            assertThat(pair.connection().send(message, 0, limit)).isEqualTo(SendStatus.ACCEPTED);
            pair.until("the longest message", () -> pair.served().size() == 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "udp, udp?mtu=1400",
        "arq-selective, arq-selective?window=64",
        "arq-selective, arq-selective?maxMessage=1k"
    })
    void shouldRefuseAPeerWithOtherOptions(final String server, final String client) throws IOException {
        try (EchoPair pair = new EchoPair(server, client)) {
            pair.until("the end", () -> pair.end() != null);
            assertThat(pair.end()).isEqualTo(CloseReason.PROTOCOL_ERROR);
            assertThat(pair.listener().rejectedCount()).isEqualTo(1);
            assertThat(pair.listener().acceptedCount()).isZero();
            assertThat(pair.atServer("refused")).isEqualTo(1);
        }
    }

    @Test
    void shouldLearnAtOnceThatNobodyHasThePort() throws IOException {
        try (EchoPair pair = new EchoPair("udp?connectTimeout=300s&liveness=3600s").opened()) {
            pair.roundTrip();
            pair.relay().vanish();
            pair.connection().send(new UnsafeBuffer(new byte[4]), 0, 4);
            pair.until("the end", () -> pair.end() != null);
            assertThat(pair.end()).isEqualTo(CloseReason.PEER_LOST);
            final Connection toNobody = pair.client().connect(pair.relay().address(), pair);
            pair.until("the other's end", () -> toNobody.closeReason() != null);
            assertThat(toNobody.closeReason()).isEqualTo(CloseReason.UNREACHABLE);
        }
    }

    @Test
    void shouldNoticeASilentPeerWithinItsLiveness() throws IOException {
        undisturbed(pauses -> {
            try (EchoPair pair = new EchoPair("udp?liveness=500ms").opened()) {
                final long beganNs = System.nanoTime();
                pair.roundTrip();
                while (pair.end() == null) {
                    pauses.look();
                    pair.client().poll(1); // and the relay carries nothing
                    assertThat(System.nanoTime() - beganNs).isLessThan(PATIENCE.toNanos());
                }
                assertThat(pair.end()).isEqualTo(CloseReason.PEER_LOST);
                assertThat(System.nanoTime() - beganNs)
                        .isGreaterThan(Duration.ofMillis(400).toNanos());
            }
        });
    }

    @Test
    void shouldNotTakeAPeerForDeadWhoseMessagesWait() throws IOException {
        undisturbed(pauses -> {
            try (EchoPair pair = new EchoPair("arq-selective?liveness=500ms&sends=gathered").opened()) {
                final UnsafeBuffer message = new UnsafeBuffer(new byte[4]);
                SendStatus status = SendStatus.ACCEPTED;
                while (status == SendStatus.ACCEPTED) {
                    status = pair.connection().send(message, 0, 4);
                }
                pair.connection().flush();
                final long beganNs = System.nanoTime();
                while (System.nanoTime() - beganNs < Duration.ofSeconds(2).toNanos()) {
                    pauses.look();
                    pair.client().poll(16);
                    pair.relay().pump();
                    pair.server().poll(1); // each finds a message that has waited long
                    pair.relay().pump();
                    LockSupport.parkNanos(5_000_000); // a datagram has nearly two hundred messages
                }
                assertThat(pair.serverEnds()).isEmpty();
                assertThat(pair.end()).isNull();
            }
        });
    }

    @Test
    void shouldLiveOnWhileNothingIsSaid() throws IOException {
        undisturbed(pauses -> {
            try (EchoPair pair = new EchoPair("udp?liveness=500ms").opened()) {
                final long beganNs = System.nanoTime();
                pair.until("three times the liveness", () -> {
                    pauses.look();
                    return System.nanoTime() - beganNs > Duration.ofMillis(1500).toNanos();
                });
                assertThat(pair.end()).isNull();
                assertThat(pair.serverEnds()).isEmpty();
                pair.roundTrip();
            }
        });
    }

    @Test
    void shouldFreeThePortOfAClosedListenerWithItsLastConnection() throws IOException {
        try (EchoPair pair = new EchoPair("udp").opened()) {
            pair.roundTrip();
            final Address address = pair.listener().address();
            pair.listener().close();
            pair.roundTrip();
            assertThatThrownBy(() -> pair.server().listen(address, (c, b, o, l) -> Delivery.CONSUMED))
                    .hasMessageContaining("is taken");
            pair.connection().close();
            pair.until("the server's end", () -> !pair.serverEnds().isEmpty());
            pair.server().listen(address, (c, b, o, l) -> Delivery.CONSUMED).close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "arq-stop-and-wait", "arq-go-back-n", "arq-selective", "arq-nak", "arq-fec"})
    void shouldAllocateNothingForAnEcho(final String spec) throws IOException {
        final ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final ConfiguredTransport transport = Transports.installed().resolve(spec);
        final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        final long[] echoed = {0};
        try (Node server = transport.open(NodeContext.named("server", errors::add));
                Node client = transport.open(NodeContext.named("client", errors::add))) {
            final Listener listener = server.listen(transport.loopbackAddress(), DatagramNodeIT::echo);
            final Connection connection = client.connect(listener.address(), (c, b, o, l) -> {
                echoed[0]++;
                return Delivery.CONSUMED;
            });
            while (connection.state() == ConnectionState.CONNECTING) {
                client.poll(1);
                server.poll(1);
            }
            final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
            final int count = 2_000;
            long least = Long.MAX_VALUE;
            final long beganNs = System.nanoTime();
            while (least > 0 && System.nanoTime() - beganNs < 3 * PATIENCE.toNanos()) {
                final long before =
                        bean.getThreadAllocatedBytes(Thread.currentThread().getId());
                for (int i = 0; i < count; i++) {
                    final long due = echoed[0] + 1;
                    connection.send(message, 0, 64);
                    while (echoed[0] < due) {
                        server.poll(16);
                        connection.poll(16);
                    }
                }
                least = Math.min(
                        least,
                        bean.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
            }
            assertThat(least).as("bytes for " + count + " echoes at both ends").isZero();
        }
        assertThat(errors).isEmpty();
    }

    /** Two nodes with threads of their own, each of whose callbacks sends on the other's connection. */
    @Test
    void shouldNotDeadlockWhenTwoNodesForwardToEachOther() throws InterruptedException {
        final int rounds = 20_000;
        final ConfiguredTransport transport = Transports.installed().resolve("arq-selective?driving=own&idle=yield");
        final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        final CountDownLatch passed = new CountDownLatch(rounds);
        try (Node echo = transport.open(NodeContext.named("echo", errors::add));
                Node left = transport.open(NodeContext.named("left", errors::add));
                Node right = transport.open(NodeContext.named("right", errors::add))) {
            final Address address =
                    echo.listen(HostPort.loopback(), DatagramNodeIT::echo).address();
            final List<Connection> both = new ArrayList<>();
            both.add(left.connect(address, (c, b, o, l) -> forward(both.get(1), b, o, l, passed)));
            both.add(right.connect(address, (c, b, o, l) -> forward(both.get(0), b, o, l, passed)));
            Connections.awaitOpen(left, both.get(0), PATIENCE);
            Connections.awaitOpen(right, both.get(1), PATIENCE);
            final UnsafeBuffer token = new UnsafeBuffer(new byte[32]);
            for (int i = 0; i < 16; i++) {
                both.get(i % 2).send(token, 0, 32);
            }
            long remaining = rounds;
            while (!passed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                assertThat(passed.getCount()).as("left, and no longer fewer").isLessThan(remaining);
                remaining = passed.getCount();
            }
        }
        assertThat(errors).isEmpty();
    }

    /**
     * Tries again what failed while this thread was held up for so long that either end was right to take the other for dead: it drives
     * both.
     */
    private static void undisturbed(final Trial trial) throws IOException {
        for (int attempt = 1; ; attempt++) {
            final Pauses pauses = new Pauses();
            try {
                trial.run(pauses);
                return;
            } catch (final AssertionError e) {
                pauses.look();
                if (attempt == 10 || pauses.longestNs < Duration.ofMillis(100).toNanos()) {
                    throw e;
                }
            }
        }
    }

    /** What {@link #undisturbed} does. */
    @FunctionalInterface
    private interface Trial {
        void run(Pauses pauses) throws IOException;
    }

    /** How long this thread was away between two looks. */
    private static final class Pauses {
        private long lastNs = System.nanoTime();
        private long longestNs;

        void look() {
            final long nowNs = System.nanoTime();
            longestNs = Math.max(longestNs, nowNs - lastNs);
            lastNs = nowNs;
        }
    }

    private static Delivery forward(
            final Connection to,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final CountDownLatch passed) {
        final SendStatus status = to.send(buffer, offset, length);
        if (status == SendStatus.BACK_PRESSURED) {
            return Delivery.RETRY;
        }
        passed.countDown();
        return Delivery.CONSUMED;
    }

    private static Delivery echo(
            final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
        return connection.send(buffer, offset, length) == SendStatus.ACCEPTED ? Delivery.CONSUMED : Delivery.RETRY;
    }
}
