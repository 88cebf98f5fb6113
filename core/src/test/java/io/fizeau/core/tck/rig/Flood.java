package io.fizeau.core.tck.rig;

import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.SendStatus;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;

/**
 * Sends until the connection takes no more: on the test's thread where send answers with back-pressure, on one of its own where
 * send may wait. Used by the test's thread.
 */
public final class Flood {
    private static final long STUCK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Longer than a thread has to wait for a processor, as a rule, even on a busy machine. */
    private static final long STUCK_FOR_SURE_NS = TimeUnit.SECONDS.toNanos(3);

    private final Client client;
    private final End end;
    private final int length;
    private final Command command;
    private final long boundBytes;
    private final boolean isBlocking;
    private final Thread sender;
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean isStopping; // the test's thread
    private volatile SendStatus last = SendStatus.ACCEPTED; // the sending thread

    /**
     * Creates a flood.
     *
     * @param rig makes the sending thread.
     * @param client whose connection it is.
     * @param guarantees what the transport promises.
     * @param end the end that sends.
     * @param length of each message.
     * @param command what the peer does with it.
     * @param boundBytes how much may be accepted at the most while the peer does not read.
     */
    public Flood(
            final Rig rig,
            final Client client,
            final Guarantees guarantees,
            final End end,
            final int length,
            final Command command,
            final long boundBytes) {
        this.client = client;
        this.end = end;
        this.length = length;
        this.command = command;
        this.boundBytes = boundBytes;
        this.isBlocking = guarantees.has(Guarantee.BLOCKING_SEND);
        Assumptions.assumeTrue(
                !isBlocking || guarantees.has(Guarantee.CONCURRENT_SEND),
                "a send that may wait, and no other thread may deliver meanwhile");
        this.sender = rig.newThread(this::sendUntilStopped);
    }

    /**
     * Sends until nothing is taken for a while.
     *
     * @param isHeldBack whether the peer is known to have refused to read: as long as it is not, it may be that one of the threads
     *     waits for a processor, and nothing taken is no sign until much later.
     */
    public void run(final BooleanSupplier isHeldBack) {
        if (isBlocking) {
            sender.start();
        }
        long seen = -1;
        long seenNs = 0;
        while (true) {
            if (!isBlocking) {
                offer();
            }
            if (isBlocking ? isAnswered() : last == SendStatus.BACK_PRESSURED) { // else a poll might wait in vain
                client.poll(end);
            }
            final long now = sent.get();
            if (now * length > boundBytes) {
                isStopping = true;
                throw new AssertionError(
                        "accepted " + now * length + " bytes although the peer does not read: more than " + boundBytes
                                + " are not bounded memory");
            }
            if (last != SendStatus.ACCEPTED && last != SendStatus.BACK_PRESSURED) {
                throw new AssertionError("send answered " + last + " while the peer did not read; " + end);
            }
            if (seen != now) {
                seen = now;
                seenNs = System.nanoTime();
            } else if (isStuck(System.nanoTime() - seenNs, isHeldBack)) {
                return;
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /**
     * Ends the sending, when the peer reads again.
     *
     * @return how many messages were accepted.
     */
    public long finish() {
        isStopping = true;
        if (isBlocking) {
            client.awaitOther("the end of a waiting send", end, isAnswered(), () -> !sender.isAlive());
        }
        return sent.get();
    }

    /** Goes on until sending ends by itself, which it does when the connection closes. */
    public void awaitEnd() {
        client.awaitOther("the end of the sending", end, isAnswered(), () -> !sender.isAlive());
    }

    /**
     * The last answer to a send.
     *
     * @return the status.
     */
    public SendStatus last() {
        return last;
    }

    private static boolean isStuck(final long quietNs, final BooleanSupplier isHeldBack) {
        return quietNs > STUCK_FOR_SURE_NS || (quietNs > STUCK_NS && isHeldBack.getAsBoolean());
    }

    private boolean isAnswered() {
        return command != Command.SINK;
    }

    private void offer() {
        last = end.offer(length, command);
        if (last == SendStatus.ACCEPTED) {
            sent.incrementAndGet();
        }
    }

    private void sendUntilStopped() {
        while (!isStopping && (last == SendStatus.ACCEPTED || last == SendStatus.BACK_PRESSURED)) {
            offer();
        }
    }
}
