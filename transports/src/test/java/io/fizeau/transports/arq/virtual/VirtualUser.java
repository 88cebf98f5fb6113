package io.fizeau.transports.arq.virtual;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.datagram.session.ListeningEndpoint;
import io.fizeau.transports.datagram.session.Session;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** The user of one end: sends its messages when they are due, takes the peer's, and checks each. */
final class VirtualUser implements ListeningEndpoint.Accepted {
    private static final long NEVER = Long.MAX_VALUE;
    /** When a user that refused for no reason is asked again. */
    private static final long AGAIN_NS = 1_000;

    private final Link.Clock clock;
    private final Traffic sends;
    private final Traffic takes;
    private final Promise promise;
    private final Dice moods;
    private final UnsafeBuffer message;

    private @Nullable Session session;
    private @Nullable CloseReason closed;
    private int opened;
    private long openedNs;
    private long closedNs;
    private int sent;
    private int taken;
    private boolean isFlushWanted;
    private boolean isPumping;
    private boolean isBlocked;
    private long againNs = NEVER;

    VirtualUser(
            final Link.Clock clock, final Traffic sends, final Traffic takes, final Promise promise, final long seed) {
        this.clock = clock;
        this.sends = sends;
        this.takes = takes;
        this.promise = promise;
        moods = new Dice(seed);
        message = new UnsafeBuffer(new byte[sends.longest()]);
    }

    @Override
    public void onSession(final Session own) {
        session = own;
    }

    @Override
    public void onOpen() {
        opened++;
        openedNs = clock.nowNs;
        if (closed != null || opened > 1) {
            throw new AssertionError("opened " + opened + " times, closed: " + closed);
        }
        pump();
    }

    @Override
    public boolean onMessage(final DirectBuffer buffer, final int offset, final int length) {
        if (opened == 0 || closed != null) {
            throw new AssertionError("a message while not open");
        }
        if (takes.isStalled(clock.nowNs - openedNs)) {
            return false;
        }
        if (moods.hits(takes.refusedPpm())) {
            againNs = clock.nowNs + AGAIN_NS;
            return false;
        }
        check(buffer, offset, length);
        taken++;
        if (sends.answers()) {
            pump();
        }
        return true;
    }

    private void check(final DirectBuffer buffer, final int offset, final int length) {
        if (promise == Promise.NOTHING) {
            if (length > takes.longest()) {
                throw new AssertionError(
                        "a message of " + length + " bytes, where " + takes.longest() + " are the most");
            }
        } else if (promise.isReliable()) {
            if (taken >= takes.messages()) {
                throw new AssertionError("a message more than the " + takes.messages() + " that were sent");
            }
            if (!takes.isMessage(taken, buffer, offset, length)) {
                throw new AssertionError("message " + taken + " of " + takes.length(taken) + " bytes came as " + length
                        + " other bytes");
            }
        } else if (!takes.isAnyOf(takes.messages(), buffer, offset, length)) {
            throw new AssertionError("a message of " + length + " bytes that nobody sent");
        }
    }

    @Override
    public void onClosed(final CloseReason reason) {
        if (closed != null) {
            throw new AssertionError("closed again: " + reason);
        }
        closed = reason;
        closedNs = clock.nowNs;
    }

    /** Sends what is due and is taken. */
    void pump() {
        final Session own = session;
        if (own == null || own.state() != ConnectionState.OPEN || opened == 0 || isPumping) {
            return;
        }
        isPumping = true;
        isBlocked = false;
        while (isDue()) {
            sends.write(sent, message, 0);
            final SendStatus status = own.send(message, 0, sends.length(sent), clock.nowNs);
            if (status != SendStatus.ACCEPTED) {
                if (status != SendStatus.BACK_PRESSURED && status != SendStatus.CLOSED) {
                    throw new AssertionError("a message was " + status);
                }
                isBlocked = true;
                break;
            }
            message.setMemory(0, message.capacity(), (byte) 0x55);
            isFlushWanted = true;
            if (++sent % sends.flushEvery() == 0) {
                flush(own);
            }
        }
        if (isFlushWanted) {
            flush(own);
        }
        isPumping = false;
    }

    private void flush(final Session own) {
        isFlushWanted = own.flush(clock.nowNs) == SendStatus.BACK_PRESSURED;
    }

    private boolean isDue() {
        return sent < sends.messages()
                && clock.nowNs - openedNs >= sends.dueNs(sent)
                && (!sends.answers() || taken > sent || taken >= takes.messages());
    }

    /** Takes again what it refused, if it is time. */
    void take() {
        final Session own = session;
        if (own != null && own.hasUndelivered() && takeAgainNs() - clock.nowNs <= 0) {
            againNs = NEVER;
            own.deliver(clock.nowNs);
        }
    }

    private long takeAgainNs() {
        long at = againNs == NEVER ? clock.nowNs : againNs;
        boolean isMoved = true;
        while (isMoved) {
            isMoved = false;
            for (final var stall : takes.stalls()) {
                if (at - openedNs >= stall.fromNs() && at - openedNs < stall.untilNs()) {
                    at = openedNs + stall.untilNs();
                    isMoved = true;
                }
            }
        }
        return at;
    }

    /** How long from now until it does something by itself; NEVER if it waits for others. */
    long waitNs() {
        final Session own = session;
        if (own == null || own.state() != ConnectionState.OPEN || opened == 0) {
            return NEVER;
        }
        long wait = NEVER;
        if (own.hasUndelivered()) {
            wait = Math.max(0, takeAgainNs() - clock.nowNs);
        }
        final boolean waitsForPeer = sends.answers() && taken <= sent && taken < takes.messages();
        if (isBlocked && promise == Promise.INTACT) {
            wait = Math.min(wait, AGAIN_NS); // nothing else would ever happen at this end
        }
        if (!isBlocked && sent < sends.messages() && !waitsForPeer) {
            wait = Math.min(wait, Math.max(0, sends.dueNs(sent) - (clock.nowNs - openedNs)));
        }
        return wait;
    }

    boolean isDone() {
        final Session own = session;
        return own != null
                && own.mechanism() != null
                && sent == sends.messages()
                && !isFlushWanted
                && (!promise.isReliable() || taken == takes.messages())
                && own.mechanism().isDrained()
                && !own.hasUndelivered();
    }

    Session session() {
        final Session own = session;
        if (own == null) {
            throw new AssertionError("no session");
        }
        return own;
    }

    @Nullable
    CloseReason closed() {
        return closed;
    }

    long closedNs() {
        return closedNs;
    }

    int opened() {
        return opened;
    }

    int sent() {
        return sent;
    }

    int taken() {
        return taken;
    }

    @Override
    public String toString() {
        return "sent " + sent + " of " + sends.messages() + ", took " + taken + " of " + takes.messages() + ", closed "
                + closed + (session == null ? "" : ", drained " + isDrained() + ", " + session.state());
    }

    private boolean isDrained() {
        final Session own = session;
        return own != null && own.mechanism() != null && own.mechanism().isDrained();
    }
}
