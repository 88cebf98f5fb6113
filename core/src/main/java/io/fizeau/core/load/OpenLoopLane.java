package io.fizeau.core.load;

import io.fizeau.core.account.AnswerLedger;
import io.fizeau.core.address.Address;
import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.message.ControlFrame;
import io.fizeau.core.message.MessageContent;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Node;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** One connection of an open loop, and what comes back on it. Its callbacks run on whichever thread delivers. */
final class OpenLoopLane implements ConnectionHandler {
    private final int run;
    private final int messageBytes;
    private final PhaseGate gate;
    private final AnswerLedger ledger;
    private final MessageContent content = new MessageContent();
    private final AtomicLong stale = new AtomicLong();
    private volatile @Nullable PeerLink link; // once, by the loop's thread
    private @Nullable DeliveryTrace trace; // by the loop's thread between phases, which the gate publishes

    OpenLoopLane(final int run, final int messageBytes, final PhaseGate gate, final AnswerLedger ledger) {
        this.run = run;
        this.messageBytes = messageBytes;
        this.gate = gate;
        this.ledger = ledger;
    }

    void connect(
            final Node node,
            final Address address,
            final LoadSettings settings,
            final PeerWatch watch,
            final PeerLink.Delivering delivering) {
        link = PeerLink.connect(node, address, this, settings, watch, delivering);
    }

    void traceInto(final DeliveryTrace deliveries) {
        trace = deliveries;
    }

    PeerLink link() {
        return Objects.requireNonNull(link, "not connected");
    }

    Connection connection() {
        return link().connection;
    }

    void requireOpen() {
        if (connection().state() == ConnectionState.CLOSED) {
            throw link().failure("a connection is closed");
        }
    }

    void close() {
        final PeerLink connected = link;
        if (connected != null) {
            connected.connection.close();
        }
    }

    /** How many answers to messages of earlier phases have come, ever. */
    long stale() {
        return stale.get();
    }

    @Override
    public Delivery onMessage(final Connection from, final DirectBuffer buffer, final int offset, final int length) {
        if (length == messageBytes
                && BenchmarkFrame.run(buffer, offset) == run
                && BenchmarkFrame.messageBytes(buffer, offset) == length) {
            onAnswer(buffer, offset, length);
        } else if (ControlFrame.isControl(buffer, offset, length)) {
            final PeerLink connected = link;
            if (connected != null) {
                connected.onControl(buffer, offset);
            }
        } else {
            ledger.onCorrupt();
        }
        return Delivery.CONSUMED;
    }

    private void onAnswer(final DirectBuffer buffer, final int offset, final int length) {
        final long nowNs = System.nanoTime();
        if (BenchmarkFrame.phase(buffer, offset) != gate.phase() || !ledger.isOpen()) {
            stale.incrementAndGet();
        } else if (gate.isContentChecked() && !content.isIntact(buffer, offset, length)) {
            ledger.onCorrupt();
        } else {
            ledger.onAnswer(BenchmarkFrame.sequence(buffer, offset), BenchmarkFrame.intendedNs(buffer, offset), nowNs);
            if (trace != null) {
                trace.record(nowNs);
            }
        }
    }
}
