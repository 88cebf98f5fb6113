package io.fizeau.core.load;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.schedule.Arrivals;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import java.util.concurrent.TimeUnit;

/**
 * What an open loop offers, beside what every loop has.
 *
 * @param arrivals when messages fall due.
 * @param deadlineNs after this time a message is late, and so long the loop waits for the last ones, in nanoseconds.
 * @param connections over how many connections messages go in turn.
 * @param delivery which thread takes the answers.
 */
public record OpenLoopSettings(Arrivals arrivals, long deadlineNs, int connections, Delivery delivery) {
    /** The most connections of one loop. */
    public static final int MAX_CONNECTIONS = 10_000;

    /** Where each connection has a thread, and with it recorders of its own, of some megabytes: the most of them. */
    public static final int MAX_RECEIVING_THREADS = 64;

    private static final long MIN_DEADLINE_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_DEADLINE_NS = TimeUnit.MINUTES.toNanos(1);

    /** Which thread takes the answers. */
    public enum Delivery {
        /** The one that sends, between two messages. */
        SENDER,
        /** One of the loop's own for the node, or for each connection where each must be polled by itself. */
        RECEIVER,
        /** The transport's own. */
        TRANSPORT
    }

    /** Checks the limits. */
    public OpenLoopSettings {
        if (deadlineNs < MIN_DEADLINE_NS || deadlineNs > MAX_DEADLINE_NS) {
            throw TransportException.badRequest(
                    "deadline=" + deadlineNs + "ns must be from 1us to 60s: after it a message counts as late");
        }
        final int most = delivery == Delivery.SENDER ? MAX_CONNECTIONS : MAX_RECEIVING_THREADS;
        if (connections < 1 || connections > most) {
            throw TransportException.badRequest("connections=" + connections + " must be from 1 to " + most
                    + (delivery == Delivery.SENDER ? "" : " where others than the sending thread deliver"));
        }
    }

    /**
     * Which thread should take the answers of a transport: the sending one, unless looking for answers would hold it up.
     *
     * @param guarantees what the transport promises.
     * @param driving whose threads drive it at this end.
     * @param clientThreads what the user asks for: 1, 2, or 0 for what suits the transport.
     * @return the choice.
     * @throws TransportException if the transport cannot be used in that way; the message says what can be.
     */
    public static Delivery choose(final Guarantees guarantees, final Driving driving, final int clientThreads) {
        if (driving == Driving.OWN) {
            return Delivery.TRANSPORT;
        }
        final boolean canBeTwo = guarantees.has(Guarantee.CONCURRENT_SEND);
        final boolean mustBeTwo = guarantees.has(Guarantee.BLOCKING_DELIVERY);
        if (clientThreads == 1 && mustBeTwo) {
            throw TransportException.badRequest(
                    "clientThreads=1 does not go with a transport that sleeps in its poll: a"
                            + " thread that sleeps for an answer cannot keep a schedule; use 2");
        }
        if ((clientThreads == 2 || mustBeTwo) && !canBeTwo) {
            throw TransportException.badRequest(
                    "clientThreads=2 does not go with this transport driven by the caller: one"
                            + " thread must both send and deliver; use "
                            + (mustBeTwo ? "driving=own in its spec" : "1"));
        }
        return clientThreads == 2 || mustBeTwo ? Delivery.RECEIVER : Delivery.SENDER;
    }

    /**
     * How many receiving threads there are.
     *
     * @param guarantees what the transport promises.
     * @return 0 where others deliver.
     */
    public int receivers(final Guarantees guarantees) {
        if (delivery != Delivery.RECEIVER) {
            return 0;
        }
        return guarantees.has(Guarantee.POLLED_PER_CONNECTION) ? connections : 1;
    }

    /**
     * How the sending thread waits for its next slot, and receiving ones for an answer.
     *
     * @param processors how many may be used.
     * @param guarantees what the transport promises.
     * @return spinning where a processor is left for it beside those that spin at the far end, in receivers or in the transport.
     */
    public Idle idle(final int processors, final Guarantees guarantees) {
        final int others = 1 + (delivery == Delivery.TRANSPORT ? 1 : receivers(guarantees));
        // A receiver that sleeps must be able to wake on the sender's processor.
        return processors > others && !guarantees.has(Guarantee.BLOCKING_DELIVERY) ? Idle.SPIN : Idle.YIELD;
    }
}
