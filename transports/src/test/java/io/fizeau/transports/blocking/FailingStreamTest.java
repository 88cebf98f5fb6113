package io.fizeau.transports.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.DrivingChoice;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.blocking.FailingStream.Place;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An error on the way of one connection ends that one, with its socket, and is told. */
@Timeout(60)
class FailingStreamTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ConnectionHandler HANDLER = (connection, buffer, offset, length) -> Delivery.CONSUMED;

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final NodeContext context = NodeContext.named("test", errors::add);

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"CONNECT", "READ"})
    void shouldCloseAConnectionWhoseThreadAnErrorEnds(final Place place) {
        final Error error = new LinkageError("broken");
        final FailingStream stream = new FailingStream(place, error);
        try (Node node = open(DrivingChoice.OWN, stream)) {
            final Connection connection = node.connect(HostPort.loopback(), HANDLER);
            await().atMost(PATIENCE).until(() -> connection.state() == ConnectionState.CLOSED && !errors.isEmpty());
            assertThat(connection.closeReason()).isEqualTo(CloseReason.FAILED);
            assertThat(stream.isClosed()).isTrue();
            assertThat(errors).containsExactly(error);
        }
    }

    @Test
    void shouldCloseAPolledConnectionForWhichThereIsNoMemory() {
        final FailingStream stream = new FailingStream(Place.READ, new OutOfMemoryError("Java heap space"));
        try (Node node = open(DrivingChoice.CALLER, stream)) {
            final Connection connection = node.connect(HostPort.loopback(), HANDLER);
            assertThat(connection.state()).isEqualTo(ConnectionState.OPEN);
            assertThat(connection.poll(1)).isZero();
            assertThat(connection.closeReason()).isEqualTo(CloseReason.FAILED);
            assertThat(stream.isClosed()).isTrue();
            assertNoMemory();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"BUFFER", "ACCEPT", "READ"})
    void shouldGoOnListeningAfterAPeerForWhichThereIsNoMemory(final Place place) {
        final OutOfMemoryError error = new OutOfMemoryError("Java heap space");
        final FailingStream costly = new FailingStream(place, error);
        final FailingStream next = new FailingStream(null, error);
        try (Node node = open(DrivingChoice.AUTO, costly, next)) {
            node.listen(HostPort.loopback(), HANDLER);
            await().atMost(PATIENCE).until(() -> costly.isClosed() && next.isClosed() && !errors.isEmpty());
            assertNoMemory();
        }
    }

    private void assertNoMemory() {
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .hasMessageStartingWith("test has no memory for what "
                                + HostPort.loopback().text())
                        .hasMessageContaining("Java heap space")
                        .hasMessageNotContaining("\n"));
    }

    private Node open(final DrivingChoice driving, final FailingStream... streams) {
        final BlockingThreads threads = new BlockingThreads(ThreadKind.PLATFORM, driving, Idle.YIELD);
        return new BlockingStack("test", new Sockets(List.of(streams)), threads, 1_024, 0, TimeUnit.HOURS.toNanos(1))
                .open(context);
    }

    /** The streams that it was given, in order. */
    private static final class Sockets implements BlockingSockets, Acceptor {
        private final Queue<FailingStream> streams;
        private final CountDownLatch closed = new CountDownLatch(1);

        Sockets(final List<FailingStream> streams) {
            this.streams = new ConcurrentLinkedQueue<>(streams);
        }

        @Override
        public Acceptor listen(final Address address) {
            return this;
        }

        @Override
        public BlockingStream open(final Address address, final boolean isWaitBounded) {
            return streams.remove();
        }

        @Override
        public Address address() {
            return HostPort.loopback();
        }

        @Override
        public BlockingStream accept(final int timeoutMs) throws IOException {
            final BlockingStream stream = streams.poll();
            if (stream != null) {
                return stream;
            }
            try {
                closed.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new SocketException("closed");
        }

        @Override
        public boolean isClosed() {
            return closed.getCount() == 0;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
