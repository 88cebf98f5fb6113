package io.fizeau.core.load.many;

import io.fizeau.core.load.Check;
import io.fizeau.core.load.PeerLink;
import io.fizeau.core.load.Role;
import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.message.ControlFrame;
import io.fizeau.core.message.MessageContent;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.SendStatus;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One of many connections, with one message under way: its answer sends the next, on whichever thread delivers it. Phases are begun and
 * ended by the client thread it belongs to; where others deliver, a lock of its own keeps the two from sending at once.
 */
final class EchoLane implements ConnectionHandler {
    private final int run;
    private final int messageBytes;
    private final EchoGate gate;
    private final EchoRecord record;
    private final UnsafeBuffer message;
    private final @Nullable ReentrantLock lock;
    private volatile @Nullable PeerLink link; // once, by the client thread
    private long sequence; // with the next two by the thread that sends
    private long sentNs;
    private boolean isOwing;
    private volatile boolean isUnderWay; // by the thread that sends

    /**
     * A connection to be.
     *
     * @param end where it starts from.
     * @param gate says when it sends.
     * @param record takes what comes back.
     * @param shared the buffer it sends from if one thread serves all connections of that buffer; else null.
     */
    EchoLane(final ClientEnd end, final EchoGate gate, final EchoRecord record, final @Nullable UnsafeBuffer shared) {
        this.run = end.run();
        this.messageBytes = end.settings().messageBytes();
        this.gate = gate;
        this.record = record;
        this.message = shared == null ? new UnsafeBuffer(new byte[messageBytes]) : shared;
        this.lock = shared == null ? new ReentrantLock() : null;
    }

    void connect(final ClientEnd end) {
        link = PeerLink.connect(end.node(), end.address(), this, end.settings(), end.watch());
    }

    PeerLink link() {
        return Objects.requireNonNull(link, "not connected");
    }

    boolean isUnderWay() {
        return isUnderWay;
    }

    void begin(final Check check, final int phase) {
        link().begin(Role.ECHO, check, run, phase, 0);
    }

    /** The first message of a phase. */
    void start() {
        if (lock != null) {
            lock.lock();
        }
        try {
            sequence = 0;
            isUnderWay = true;
            SendStatus status = send();
            while (status != SendStatus.ACCEPTED) {
                link().onNotAccepted(status, record.answered());
                status = send();
            }
        } finally {
            if (lock != null) {
                lock.unlock();
            }
        }
    }

    void close() {
        final PeerLink connected = link;
        if (connected != null) {
            connected.connection().close();
        }
    }

    @Override
    public Delivery onMessage(final Connection from, final DirectBuffer buffer, final int offset, final int length) {
        if (length == messageBytes
                && BenchmarkFrame.run(buffer, offset) == run
                && BenchmarkFrame.messageBytes(buffer, offset) == length) {
            if (lock == null) {
                return onAnswer(buffer, offset, length);
            }
            lock.lock();
            try {
                return onAnswer(buffer, offset, length);
            } finally {
                lock.unlock();
            }
        }
        if (ControlFrame.isControl(buffer, offset, length)) {
            final PeerLink connected = link;
            if (connected != null) {
                connected.onControl(buffer, offset);
            }
        } else {
            record.onWrong();
        }
        return Delivery.CONSUMED;
    }

    @Override
    public void onClosed(final Connection connection, final CloseReason reason) {
        record.onClosed();
        isUnderWay = false;
    }

    private Delivery onAnswer(final DirectBuffer buffer, final int offset, final int length) {
        final long nowNs = System.nanoTime();
        if (!isOwing) {
            if (BenchmarkFrame.phase(buffer, offset) != gate.phase()
                    || BenchmarkFrame.sequence(buffer, offset) != sequence
                    || !isUnderWay) {
                record.onStale();
                return Delivery.CONSUMED;
            }
            if (gate.isContentChecked() && !new MessageContent().isIntact(buffer, offset, length)) {
                record.onWrong();
            }
            record.onAnswer(sentNs, nowNs);
            if (!gate.admits(sequence + 1)) {
                isUnderWay = false;
                return Delivery.CONSUMED;
            }
            sequence++;
        }
        // The same answer comes again as long as the next message was not taken.
        isOwing = send() == SendStatus.BACK_PRESSURED;
        return isOwing ? Delivery.RETRY : Delivery.CONSUMED;
    }

    private SendStatus send() {
        sentNs = System.nanoTime();
        BenchmarkFrame.writeHeader(message, 0, run, gate.phase(), sequence, sentNs, messageBytes);
        if (gate.isContentChecked()) {
            new MessageContent().fill(message, 0);
        }
        return link().connection().send(message, 0, messageBytes);
    }
}
