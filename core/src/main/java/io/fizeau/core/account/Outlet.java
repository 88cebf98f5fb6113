package io.fizeau.core.account;

import io.fizeau.core.transport.SendStatus;

/**
 * Where a {@link PacedSender} sends: a transport's connections, or a model of them in virtual time. Used by the sender's thread.
 */
public interface Outlet {
    /**
     * Offers one message, once.
     *
     * @param sequence its number, from 0 in each phase.
     * @param dueNs when it fell due, in nanoseconds of the sender's clock.
     * @return what became of it; anything but {@link SendStatus#ACCEPTED} means that nothing was taken.
     */
    SendStatus offer(long sequence, long dueNs);

    /**
     * What there is to do after a message was not taken, before it is offered again.
     *
     * @param status what the offer said.
     */
    void onRefused(SendStatus status);

    /** Looks for answers, and does not wait. Called between messages also when the sender is behind its schedule. */
    void poll();

    /**
     * Looks for answers, and idles if there are none: for less time than is left.
     *
     * @param untilNs when the sender has something to do, in nanoseconds of its clock.
     */
    void idle(long untilNs);
}
