package io.fizeau.core.tck.rig;

import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.SendStatus;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One end of one connection: checks every callback it gets, and sends numbered messages. A served end obeys the commands in the
 * messages, a connecting end does what it was told before.
 *
 * <p>Callbacks come on the delivering thread, {@link #offer} is called by the sending thread, the counters may be read by any.
 */
public final class End implements ConnectionHandler {
    /** How often RETRY is answered where it is answered on purpose. */
    public static final int RETRIES = 3;

    /** Length of the greeting: too short to be counted in the traffic. */
    public static final int GREETING_BYTES = 8;

    private final String where;
    private final boolean isServed;
    private final Faults faults;
    private final BooleanSupplier isHeld;
    private final Receiver receiver;
    private final Messages messages = new Messages();
    private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong deliveredBytes = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private volatile @Nullable Connection connection; // the first callback, and whoever connected: the same value
    private volatile boolean isOpened; // the delivering thread
    private volatile @Nullable CloseReason reason; // onClosed
    private volatile Command reaction = Command.SINK; // the test, for a connecting end
    private volatile boolean greets; // the test
    private UnsafeBuffer out = new UnsafeBuffer(new byte[1024]); // the sending thread, as the four below
    private int run;
    private long sequence;
    private int preparedBytes = -1;
    private Command preparedCommand = Command.ECHO;
    private int retriesLeft; // the delivering thread

    End(
            final String where,
            final boolean isServed,
            final Guarantees promised,
            final Faults faults,
            final BooleanSupplier isHeld) {
        this.where = where;
        this.isServed = isServed;
        this.faults = faults;
        this.isHeld = isHeld;
        this.receiver = new Receiver(where, promised, faults);
    }

    /**
     * Names the traffic of this end: it sends as this run and expects no other.
     *
     * @param number 0 or more.
     * @return this.
     */
    public End run(final int number) {
        run = number;
        receiver.expectRun(number);
        return this;
    }

    /**
     * Sets what a connecting end does with what it receives.
     *
     * @param command {@link Command#SINK} unless set; RETRY_THEN_ECHO means: count it after three RETRYs.
     * @return this.
     */
    public End reacts(final Command command) {
        reaction = command;
        return this;
    }

    /**
     * Lets the end send a short message from inside onOpen.
     *
     * @param isGreeting whether it does.
     * @return this.
     */
    public End greets(final boolean isGreeting) {
        greets = isGreeting;
        return this;
    }

    @Override
    public void onOpen(final Connection opened) {
        final boolean isOutermost = enter("onOpen");
        try {
            connection = opened;
            if (isOpened) {
                faults.report(where + ": onOpen came twice");
            }
            if (opened.state() == ConnectionState.CONNECTING) {
                faults.report(where + ": state() is still CONNECTING in onOpen");
            }
            if (greets) {
                final UnsafeBuffer greeting = new UnsafeBuffer(new byte[GREETING_BYTES]);
                messages.write(greeting, GREETING_BYTES, run, Command.SINK, 0);
                final SendStatus status = opened.send(greeting, 0, GREETING_BYTES);
                if (status != SendStatus.ACCEPTED) {
                    faults.report(where + ": send from inside onOpen answered " + status);
                }
            }
            // Last: whoever sees it flushes, and until here this thread is the sending one.
            isOpened = true;
        } finally {
            leave(isOutermost);
        }
    }

    @Override
    public Delivery onMessage(final Connection from, final DirectBuffer buffer, final int offset, final int length) {
        final boolean isOutermost = enter("onMessage");
        try {
            if (!isOpened) {
                faults.report(where + ": a message came before onOpen");
            }
            final Command command = commandOf(buffer, offset, length);
            if (receiver.check(buffer, offset, length)) {
                retriesLeft = command == Command.RETRY_THEN_ECHO ? RETRIES : 0;
            }
            if (isHeld.getAsBoolean() || retriesLeft-- > 0) {
                return retry(buffer, offset, length);
            }
            if (act(command, from, buffer, offset, length) == Delivery.RETRY) {
                return retry(buffer, offset, length);
            }
            deliveredBytes.lazySet(deliveredBytes.get() + length);
            delivered.lazySet(delivered.get() + 1);
            return Delivery.CONSUMED;
        } finally {
            leave(isOutermost);
        }
    }

    @Override
    public void onClosed(final Connection closed, final CloseReason why) {
        final boolean isOutermost = enter("onClosed");
        try {
            connection = closed;
            if (closed.state() != ConnectionState.CLOSED) {
                faults.report(where + ": state() is " + closed.state() + " in onClosed");
            }
            if (closed.closeReason() != why) {
                faults.report(where + ": closeReason() is " + closed.closeReason() + " in onClosed(" + why + ")");
            }
            reason = why;
        } finally {
            leave(isOutermost);
        }
    }

    /**
     * Sends the next message, or the one that was not accepted before.
     *
     * @param length its length.
     * @param command what the served end does with it.
     * @return what the connection answered.
     */
    public SendStatus offer(final int length, final Command command) {
        if (preparedBytes != length || preparedCommand != command) {
            if (out.capacity() < length) {
                out = new UnsafeBuffer(new byte[Math.max(length, 2 * out.capacity())]);
            }
            messages.write(out, length, run, command, sequence);
            preparedBytes = length;
            preparedCommand = command;
        }
        final SendStatus status = connection().send(out, 0, length);
        if (status == SendStatus.ACCEPTED) {
            preparedBytes = -1;
            sequence += Messages.isFramed(length) ? 1 : 0;
        }
        return status;
    }

    /**
     * The connection this is an end of.
     *
     * @return the connection, once it is connected or accepted.
     */
    public Connection connection() {
        return Objects.requireNonNull(connection, "not connected yet");
    }

    /**
     * Whether onOpen came.
     *
     * @return true since then.
     */
    public boolean isOpened() {
        return isOpened;
    }

    /**
     * Why it closed.
     *
     * @return the reason that onClosed gave, or null before.
     */
    public @Nullable CloseReason reason() {
        return reason;
    }

    /**
     * How many messages were consumed here.
     *
     * @return a count.
     */
    public long delivered() {
        return delivered.get();
    }

    /**
     * How many bytes of messages were consumed here.
     *
     * @return a count.
     */
    public long deliveredBytes() {
        return deliveredBytes.get();
    }

    /**
     * How often RETRY was answered here.
     *
     * @return a count.
     */
    public long retries() {
        return retries.get();
    }

    @Override
    public String toString() {
        return where + ": opened=" + isOpened + " closed=" + reason + " delivered=" + delivered + " retries=" + retries;
    }

    void connected(final Connection made) {
        connection = made;
    }

    private Command commandOf(final DirectBuffer buffer, final int offset, final int length) {
        if (!isServed) {
            return reaction;
        }
        return Messages.isFramed(length) ? Command.of(BenchmarkFrame.phase(buffer, offset)) : Command.ECHO;
    }

    private Delivery act(
            final Command command,
            final Connection from,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        switch (command) {
            case THROW -> throw new ThrownOnPurpose();
            case CLOSE -> from.close();
            case ECHO, RETRY_THEN_ECHO -> {
                return isServed ? echo(from, buffer, offset, length) : Delivery.CONSUMED;
            }
            case SINK -> {}
        }
        return Delivery.CONSUMED;
    }

    private Delivery echo(final Connection to, final DirectBuffer buffer, final int offset, final int length) {
        final SendStatus status = to.send(buffer, offset, length);
        if (status == SendStatus.TOO_LONG || status == SendStatus.NOT_CONNECTED) {
            faults.report(where + ": send of an echo of " + length + " bytes answered " + status);
        }
        return status == SendStatus.BACK_PRESSURED ? Delivery.RETRY : Delivery.CONSUMED;
    }

    private Delivery retry(final DirectBuffer buffer, final int offset, final int length) {
        receiver.keep(buffer, offset, length);
        retries.lazySet(retries.get() + 1);
        return Delivery.RETRY;
    }

    private boolean enter(final String callback) {
        final Thread current = Thread.currentThread();
        if (reason != null) {
            faults.report(where + ": " + callback + " came after onClosed(" + reason + ")");
        }
        if (inside.compareAndSet(null, current)) {
            return true;
        }
        if (inside.get() != current) {
            faults.report(where + ": " + callback + " came while another thread was in a callback of this connection");
        }
        return false;
    }

    private void leave(final boolean isOutermost) {
        if (isOutermost) {
            inside.set(null);
        }
    }

    /** What a handler throws when told to. */
    public static final class ThrownOnPurpose extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ThrownOnPurpose() {
            super("thrown on purpose by the conformance kit's handler");
        }
    }
}
