package io.fizeau.core.tck.rig;

import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.SendStatus;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;

/**
 * Sends until the connection takes no more: on the test's thread where send answers with back-pressure, on one of its own where
 * send may wait. Used by the test's thread.
 */
public final class Flood {
    private static final long STUCK_NS = TimeUnit.MILLISECONDS.toNanos(100);

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

    /** Sends until nothing is taken for a while. */
    public void run() {
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
            } else if (System.nanoTime() - seenNs > STUCK_NS) {
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

    /**
     * The last answer to a send.
     *
     * @return the status.
     */
    public SendStatus last() {
        return last;
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
