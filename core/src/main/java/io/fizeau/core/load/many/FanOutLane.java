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
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** One receiver of what a server sends to all. Its callbacks run on whichever thread delivers. */
final class FanOutLane implements ConnectionHandler {
    private final ClientEnd end;
    private final FanOutTally tally;
    private volatile @Nullable PeerLink link; // once, by the loop's thread

    FanOutLane(final ClientEnd end, final FanOutTally tally) {
        this.end = end;
        this.tally = tally;
    }

    void connect() {
        link = PeerLink.connect(end.node(), end.address(), this, end.settings(), end.watch());
    }

    PeerLink link() {
        return Objects.requireNonNull(link, "not connected");
    }

    void begin(final Check check, final int phase) {
        link().begin(Role.FAN_OUT, check, end.run(), phase, 0);
    }

    void close() {
        final PeerLink connected = link;
        if (connected != null) {
            connected.connection().close();
        }
    }

    @Override
    public Delivery onMessage(final Connection from, final DirectBuffer buffer, final int offset, final int length) {
        if (length == end.settings().messageBytes()
                && BenchmarkFrame.run(buffer, offset) == end.run()
                && BenchmarkFrame.messageBytes(buffer, offset) == length) {
            final boolean isIntact = !tally.isContentChecked() || new MessageContent().isIntact(buffer, offset, length);
            tally.onCopy(BenchmarkFrame.phase(buffer, offset), BenchmarkFrame.sequence(buffer, offset), isIntact);
        } else if (ControlFrame.isControl(buffer, offset, length)) {
            final PeerLink connected = link;
            if (connected != null) {
                connected.onControl(buffer, offset);
            }
        } else {
            tally.onWrong();
        }
        return Delivery.CONSUMED;
    }

    @Override
    public void onClosed(final Connection connection, final CloseReason reason) {
        tally.onClosed();
    }
}
