package io.fizeau.transports.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class OwnDrivingTest {
    private static final ConnectionHandler HANDLER = (connection, buffer, offset, length) -> Delivery.CONSUMED;

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Thread> loopThread = new AtomicReference<>();
    private final RecordingNode driven = new RecordingNode();
    private final NodeContext context = new NodeContext(
            "test",
            task -> {
                final Thread thread = new Thread(task, "own-driving-test");
                loopThread.set(thread);
                return thread;
            },
            errors::add);
    private final Node node = OwnDriving.start(driven, () -> {}, new YieldingIdleStrategy(), context);

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void shouldPollTheNodeOnAThreadFromTheContext() throws InterruptedException {
        assertThat(driven.polled.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(driven.pollingThread).isSameAs(loopThread.get());
        assertThat(node.poll(1)).isZero();
    }

    @Test
    void shouldListenAndConnectOnTheLoopsThreadAndPassOnWhatIsThrown() {
        assertThatThrownBy(() -> node.listen(HostPort.loopback(), HANDLER))
                .isInstanceOf(TransportException.class)
                .hasMessage("listened on own-driving-test");
        assertThatThrownBy(() -> node.connect(HostPort.loopback(), HANDLER))
                .isInstanceOf(TransportException.class)
                .hasMessage("connected on own-driving-test");
    }

    @Test
    void shouldLeaveNoThreadAndCloseTheNodeOnTheLoopsThread() throws InterruptedException {
        assertThat(driven.polled.await(5, TimeUnit.SECONDS))
                .isTrue(); // a loop that has not begun is closed by the caller
        node.close();
        node.close();
        assertThat(loopThread.get().isAlive()).isFalse();
        assertThat(driven.closingThread).isSameAs(loopThread.get());
        assertThat(driven.closes).isEqualTo(1);
    }

    @Test
    void shouldRefuseCallsAfterTheEnd() {
        node.close();
        assertThatThrownBy(() -> node.connect(HostPort.loopback(), HANDLER))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("node test is closed");
    }

    @Test
    void shouldReportWhatAPollThrowsAndGoOn() throws InterruptedException {
        final RuntimeException failure = new IllegalStateException("on purpose");
        driven.failure = failure;
        assertThat(driven.polledAfterFailure.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(errors).containsExactly(failure);
    }

    /** Remembers on which thread it was called. */
    private static final class RecordingNode implements Node {
        private final CountDownLatch polled = new CountDownLatch(3);
        private final CountDownLatch polledAfterFailure = new CountDownLatch(1);
        private volatile RuntimeException failure;
        private volatile boolean hasFailed;
        private volatile Thread pollingThread;
        private volatile Thread closingThread;
        private volatile int closes;

        @Override
        public Listener listen(final Address address, final ConnectionHandler handler) {
            throw TransportException.badRequest(
                    "listened on " + Thread.currentThread().getName());
        }

        @Override
        public Connection connect(final Address address, final ConnectionHandler handler) {
            throw TransportException.badRequest(
                    "connected on " + Thread.currentThread().getName());
        }

        @Override
        public int poll(final int limit) {
            pollingThread = Thread.currentThread();
            polled.countDown();
            if (failure != null && !hasFailed) {
                hasFailed = true;
                throw failure;
            }
            if (hasFailed) {
                polledAfterFailure.countDown();
            }
            return 0;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
        public void close() {
            closingThread = Thread.currentThread();
            closes++;
        }
    }
}
