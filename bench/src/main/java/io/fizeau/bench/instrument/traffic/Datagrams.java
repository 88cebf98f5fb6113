package io.fizeau.bench.instrument.traffic;

import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** Numbered datagrams one way, so that each one that is missing is known by its number. Stateless. */
public final class Datagrams {
    private static final int BUFFER_BYTES = 4 << 20;
    private static final long QUIET_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PAUSE_NS = 50_000;
    private static final double NS_PER_SECOND = 1e9;
    private static final int BITS = 8;
    private static final int MEGA = 1_000_000;

    private Datagrams() {}

    /**
     * What has come.
     *
     * @param received the numbers of the datagrams that have come.
     * @param duplicates how many came more than once.
     * @param payloadMbit the payload that came, in megabits a second from the first to the last.
     */
    public record Received(BitSet received, int duplicates, double payloadMbit) {
        /**
         * How many of those sent did not come.
         *
         * @param sent how many were sent.
         * @return a count.
         */
        public int missing(final int sent) {
            return sent - received.cardinality();
        }
    }

    /**
     * Sends datagrams, and takes them in a thread of the caller's: one is sent, then all that have come are taken. Returns half a
     * second after the last one that came.
     *
     * @param bind where to receive.
     * @param reach from the address bound to the one to send to.
     * @param count how many to send, numbered from 0.
     * @param payloadBytes the length of each, 4 or more.
     * @param perSecond how many to send in a second.
     * @return what has come.
     */
    public static Received send(
            final InetSocketAddress bind,
            final UnaryOperator<InetSocketAddress> reach,
            final int count,
            final int payloadBytes,
            final double perSecond) {
        try (DatagramChannel receiver = DatagramChannel.open();
                DatagramChannel sender = DatagramChannel.open()) {
            receiver.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            receiver.bind(bind);
            receiver.configureBlocking(false);
            sender.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            sender.connect(reach.apply((InetSocketAddress) receiver.getLocalAddress()));
            return new Exchange(receiver, sender, count, payloadBytes).run(perSecond);
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, "datagrams to " + bind + " failed: " + e.getMessage(), e);
        }
    }

    /** One run. */
    private static final class Exchange {
        private final DatagramChannel receiver;
        private final DatagramChannel sender;
        private final int count;
        private final int payloadBytes;
        private final BitSet received;
        private final ByteBuffer in;
        private int duplicates;
        private long bytesAfterFirst;
        private long firstNs;
        private long lastNs;
        private long lastReceivedNs;

        Exchange(
                final DatagramChannel receiver, final DatagramChannel sender, final int count, final int payloadBytes) {
            this.receiver = receiver;
            this.sender = sender;
            this.count = count;
            this.payloadBytes = payloadBytes;
            this.received = new BitSet(count);
            this.in = ByteBuffer.allocateDirect(payloadBytes);
        }

        Received run(final double perSecond) throws IOException {
            final ByteBuffer out = ByteBuffer.allocateDirect(payloadBytes);
            final long startNs = System.nanoTime();
            for (int number = 0; number < count; number++) {
                final long dueNs = startNs + (long) (number * NS_PER_SECOND / perSecond);
                while (System.nanoTime() - dueNs < 0) {
                    takeOrPause();
                }
                out.clear().putInt(0, number);
                sender.write(out);
                take();
            }
            lastNs = Math.max(lastNs, System.nanoTime());
            final long sentNs = lastNs;
            while (System.nanoTime() - Math.max(lastNs, sentNs) < QUIET_NS) {
                takeOrPause();
            }
            final double seconds = (lastReceivedNs - firstNs) / NS_PER_SECOND;
            return new Received(
                    received, duplicates, seconds > 0 ? bytesAfterFirst * BITS / seconds / MEGA : Double.NaN);
        }

        private void takeOrPause() throws IOException {
            if (!take()) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }

        private boolean take() throws IOException {
            boolean any = false;
            in.clear();
            while (receiver.receive(in) != null) {
                any = true;
                lastReceivedNs = System.nanoTime();
                lastNs = lastReceivedNs;
                if (firstNs == 0) {
                    firstNs = lastReceivedNs;
                } else {
                    bytesAfterFirst += in.position();
                }
                final int number = in.getInt(0);
                if (received.get(number)) {
                    duplicates++;
                }
                received.set(number);
                in.clear();
            }
            return any;
        }
    }
}
