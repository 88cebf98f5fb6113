package io.fizeau.transports.loop;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * The life of one connection and the order of its handler's calls: {@code onOpen} first, messages only while it is open,
 * {@code onClosed} once and last, and no two of them at the same time, whichever thread closes.
 *
 * <p>The thread that drives the connection calls {@link #open()} once, and brackets each batch of messages with
 * {@link #enter()} and {@link #leave()}. Any thread may call {@link #close(CloseReason)} at any time: outside a batch it reports
 * the end itself; within one, also from a callback, the driving thread reports it when it leaves. A poll that finds nothing
 * pays for none of this.
 *
 * <p>Thread-safe as said above. What handlers throw goes to the error handler.
 *
 * @implNote One word holds state, "a callback runs" and the reason, so that one compare-and-set decides who reports.
 *     {@code LifecycleStressTest} shows it.
 */
public final class Lifecycle {
    private static final int CONNECTING = 0;
    private static final int OPEN = 1;
    private static final int CLOSED = 2;
    private static final int STATE_MASK = 3;
    private static final int BUSY = 4;
    private static final int REASON_SHIFT = 4;
    private static final CloseReason[] REASONS = CloseReason.values();
    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(Lifecycle.class, "word", int.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Connection connection;
    private final ConnectionHandler handler;
    private final ErrorHandler errors;
    private final Runnable release;
    private final boolean reportsUnopened;

    @SuppressWarnings("unused") // written through WORD, by the driving thread and by whoever closes
    private volatile int word;

    /**
     * Starts a life in the state {@link ConnectionState#CONNECTING}.
     *
     * @param connection what the handler is called with.
     * @param handler the user's handler.
     * @param errors is told what the handler throws.
     * @param release frees what the connection holds, and wakes whoever waits for it; called once, by the closing thread, right
     *     after the state has become {@link ConnectionState#CLOSED}, maybe while a callback still runs on the driving thread.
     * @param reportsUnopened whether the handler hears of an end before {@code onOpen}: true for a connection that the user
     *     asked for, false for an accepted one that the user has not met.
     */
    public Lifecycle(
            final Connection connection,
            final ConnectionHandler handler,
            final ErrorHandler errors,
            final Runnable release,
            final boolean reportsUnopened) {
        this.connection = connection;
        this.handler = handler;
        this.errors = errors;
        this.release = release;
        this.reportsUnopened = reportsUnopened;
    }

    /**
     * Whether messages flow.
     *
     * @return true from {@link #open()} until the first {@link #close(CloseReason)}.
     */
    public boolean isOpen() {
        return (word & STATE_MASK) == OPEN;
    }

    /**
     * Whether it is over.
     *
     * @return true from the first {@link #close(CloseReason)} on.
     */
    public boolean isClosed() {
        return (word & STATE_MASK) == CLOSED;
    }

    /**
     * How far it has come.
     *
     * @return the state.
     */
    public ConnectionState state() {
        return switch (word & STATE_MASK) {
            case CONNECTING -> ConnectionState.CONNECTING;
            case OPEN -> ConnectionState.OPEN;
            default -> ConnectionState.CLOSED;
        };
    }

    /**
     * Why it closed.
     *
     * @return the reason of the first close, or null before.
     */
    public @Nullable CloseReason closeReason() {
        final int seen = word;
        return (seen & STATE_MASK) == CLOSED ? REASONS[seen >>> REASON_SHIFT] : null;
    }

    /**
     * Opens it and tells the handler. By the driving thread, once.
     *
     * @return true if it is open afterwards; false if it was or became closed.
     */
    public boolean open() {
        if (!WORD.compareAndSet(this, CONNECTING, OPEN | BUSY)) {
            return false;
        }
        try {
            handler.onOpen(connection);
        } catch (final Throwable t) {
            fail(t);
        }
        leave();
        return isOpen();
    }

    /**
     * Begins a batch of messages. By the driving thread, and not from inside a batch.
     *
     * @return true if the handler may be called until {@link #leave()}; false if the connection is not open.
     */
    public boolean enter() {
        return WORD.compareAndSet(this, OPEN, OPEN | BUSY);
    }

    /** Ends a batch begun by {@link #enter()}; reports the end if somebody closed the connection meanwhile. */
    public void leave() {
        if (!WORD.compareAndSet(this, OPEN | BUSY, OPEN)) {
            report();
        }
    }

    /**
     * Closes it because something failed at this end.
     *
     * @param failure what was thrown; the error handler is told, unless the connection was closed already and the failure is
     *     only the echo of that.
     */
    public void fail(final Throwable failure) {
        final boolean wasClosed = isClosed();
        close(CloseReason.FAILED);
        if (!wasClosed || failure instanceof Error) {
            errors.onError(failure);
        }
    }

    /**
     * Closes it. By any thread; only the first call has an effect.
     *
     * @param reason why.
     * @return true if this call closed it.
     */
    @SuppressWarnings("EnumOrdinal") // a number for one word in memory, which nobody else ever reads
    public boolean close(final CloseReason reason) {
        int seen;
        do {
            seen = word;
            if ((seen & STATE_MASK) == CLOSED) {
                return false;
            }
        } while (!WORD.compareAndSet(this, seen, CLOSED | (reason.ordinal() << REASON_SHIFT)));
        release.run();
        // While a callback runs the word said so, and leave() finds it changed: the driving thread reports.
        final boolean isMet = (seen & STATE_MASK) == OPEN || reportsUnopened;
        if ((seen & BUSY) == 0 && isMet) {
            report();
        }
        return true;
    }

    private void report() {
        final CloseReason reason = closeReason();
        try {
            if (reason != null) {
                handler.onClosed(connection, reason);
            }
        } catch (final Throwable t) {
            errors.onError(t);
        }
    }
}
