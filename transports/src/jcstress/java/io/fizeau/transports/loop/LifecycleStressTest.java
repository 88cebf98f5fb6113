package io.fizeau.transports.loop;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import org.agrona.DirectBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Threads that deliver and close the same connection. Results: how often the end was reported, whether a callback ran during or
 * after that report, how often what the connection holds was freed.
 */
public final class LifecycleStressTest {
    private LifecycleStressTest() {}

    /** A handler that watches for calls that overlap. */
    private static final class Watcher implements ConnectionHandler {
        private final Lifecycle life = new Lifecycle(null, this, error -> {}, this::release, true);
        private volatile boolean isInCallback;
        private volatile boolean isReported;
        private volatile int overlaps;
        private int reports;
        private int releases;

        @Override
        public Delivery onMessage(
                final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
            isInCallback = true;
            if (isReported) {
                overlaps = 1;
            }
            isInCallback = false;
            return Delivery.CONSUMED;
        }

        @Override
        public void onClosed(final Connection connection, final CloseReason reason) {
            isReported = true;
            reports++;
            if (isInCallback) {
                overlaps = 1;
            }
        }

        private void release() {
            releases++;
        }

        private void deliver() {
            if (life.enter()) {
                onMessage(null, null, 0, 0);
                life.leave();
            }
        }

        private void tell(final III_Result result) {
            result.r1 = reports;
            result.r2 = overlaps;
            result.r3 = releases;
        }
    }

    /** One thread delivers while another closes. */
    @JCStressTest
    @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "one end, after the last message")
    @Outcome(expect = Expect.FORBIDDEN, desc = "an end twice or never, or together with a message")
    @State
    public static class CloseDuringDelivery {
        private final Watcher watcher = new Watcher();

        /** Opens the connection, as the driving thread does before it delivers. */
        public CloseDuringDelivery() {
            watcher.life.open();
        }

        /** Delivers two batches. */
        @Actor
        public void deliver() {
            watcher.deliver();
            watcher.deliver();
        }

        /** Closes. */
        @Actor
        public void close() {
            watcher.life.close(CloseReason.LOCAL);
        }

        /** Collects what happened. */
        @Arbiter
        public void collect(final III_Result result) {
            watcher.tell(result);
        }
    }

    /** One thread opens, delivers and finds the peer gone, while another closes. */
    @JCStressTest
    @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "one end, after the last message")
    @Outcome(expect = Expect.FORBIDDEN, desc = "an end twice or never, or together with a message")
    @State
    public static class CloseAtBothEnds {
        private final Watcher watcher = new Watcher();

        /** Opens, delivers, closes. */
        @Actor
        public void drive() {
            watcher.life.open();
            watcher.deliver();
            watcher.life.close(CloseReason.PEER_CLOSED);
        }

        /** Closes. */
        @Actor
        public void close() {
            watcher.life.close(CloseReason.LOCAL);
        }

        /** Collects what happened. */
        @Arbiter
        public void collect(final III_Result result) {
            watcher.tell(result);
        }
    }
}
