package io.fizeau.transports.aeron.node;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.fizeau.core.settings.Sends;
import io.fizeau.core.transport.SendStatus;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentInvoker;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of an open connection, apart from the receiving half because another thread may use it.
 *
 * <p>One thread sends and flushes. {@link #isSending()} is for whoever closes.
 *
 * @implNote The flag that a send is under way is stored without a fence, for the reason and with the cure that {@link Gate}
 *     names.
 */
final class Outbound {
    private static final VarHandle SENDING;

    static {
        try {
            SENDING = MethodHandles.lookup().findVarHandle(Outbound.class, "isSending", boolean.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ExclusivePublication publication;
    private final int maxMessageBytes;
    private final int datagramBytes;
    private final int gatherBytes;
    private final @Nullable AgentInvoker driver;

    @SuppressWarnings("unused") // written and read through SENDING; the sending thread writes
    private boolean isSending;

    private long pushedPosition; // the sending thread

    /**
     * Creates the sending half.
     *
     * @param publication a connected publication, which stays the creator's to close.
     * @param config says what may be gathered and how long a message may be.
     * @param driver what sends when invoked, or null if the driver is run by another thread.
     */
    Outbound(final ExclusivePublication publication, final NodeConfig config, final @Nullable AgentInvoker driver) {
        this.publication = publication;
        this.maxMessageBytes = config.driver().maxMessageBytes();
        this.datagramBytes = config.driver().mtuBytes();
        // A duty cycle sends one datagram of a stream: gathering more than fills one would only delay it.
        this.gatherBytes = config.sends() == Sends.GATHERED ? datagramBytes : 1;
        this.driver = driver;
        this.pushedPosition = publication.position();
    }

    ExclusivePublication publication() {
        return publication;
    }

    boolean isSending() {
        return (boolean) SENDING.getAcquire(this);
    }

    SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        if (length > maxMessageBytes) {
            return SendStatus.TOO_LONG;
        }
        SENDING.setOpaque(this, true);
        try {
            final long position = publication.offer(buffer, offset, length, null);
            if (position < 0) {
                return refused(position, buffer, offset, length);
            }
            if (driver != null && position - pushedPosition >= gatherBytes) {
                push(driver, position);
            }
            return SendStatus.ACCEPTED;
        } finally {
            SENDING.setRelease(this, false);
        }
    }

    SendStatus flush() {
        SENDING.setOpaque(this, true);
        try {
            final long position = publication.position();
            if (position < 0) {
                return SendStatus.CLOSED;
            }
            if (driver != null && position > pushedPosition) {
                push(driver, position);
            }
            return SendStatus.ACCEPTED;
        } finally {
            SENDING.setRelease(this, false);
        }
    }

    private void push(final AgentInvoker invoked, final long position) {
        for (long left = position - pushedPosition; left > 0; left -= datagramBytes) {
            invoked.invoke();
        }
        pushedPosition = position;
    }

    private SendStatus refused(final long why, final DirectBuffer buffer, final int offset, final int length) {
        long result = why;
        if (result == Publication.ADMIN_ACTION || result == Publication.BACK_PRESSURED) {
            if (driver != null) {
                driver.invoke();
            }
            // An admin action is the change to the next term: it is over already.
            result = publication.offer(buffer, offset, length, null);
        }
        if (result > 0) {
            return SendStatus.ACCEPTED;
        }
        // NOT_CONNECTED means here that the peer is gone, which the next look at the connection finds out and reports.
        return result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED
                ? SendStatus.CLOSED
                : SendStatus.BACK_PRESSURED;
    }
}
