package io.fizeau.transports.aeron.node;

import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.aeron.driver.DriverConfig;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A publication to the peer and the image of the peer's publication to us.
 *
 * <p>The thread that polls the node opens the connection, delivers its messages and reports its end. Any thread may close it;
 * that takes effect for the sender at once, and for the handler when the polling thread comes by.
 */
final class AeronConnection implements Connection, ControlledFragmentHandler {
    private final AeronNode node;
    private final @Nullable DriverLink link;
    private final ConnectionHandler handler;
    private final Address remote;
    private final boolean isAccepted;

    // Written by the polling thread.
    private @Nullable Image image;
    private @Nullable Reassembly reassembly;
    private int partialFragments;
    private int fullFragmentBytes;
    private boolean isAssembling;
    private long unconnectedSinceNs;
    private boolean isMet;
    private boolean isReported;

    private volatile @Nullable Outbound outbound; // the polling thread, and null again by whoever closes
    private volatile ConnectionState state = ConnectionState.CONNECTING; // under this object's lock
    private volatile @Nullable CloseReason closeReason; // under this object's lock
    private volatile @Nullable Object attachment; // the user

    private @Nullable Outbound retired; // under this object's lock

    AeronConnection(
            final AeronNode node,
            final @Nullable DriverLink link,
            final ConnectionHandler handler,
            final Address remote,
            final boolean isAccepted) {
        this.node = node;
        this.link = link;
        this.handler = handler;
        this.remote = remote;
        this.isAccepted = isAccepted;
    }

    @Override
    public SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        final Outbound out = outbound;
        return out == null ? unable() : out.send(buffer, offset, length);
    }

    @Override
    public SendStatus flush() {
        final Outbound out = outbound;
        return out == null ? unable() : out.flush();
    }

    @Override
    public int poll(final int limit) {
        return node.pollOnly(this, limit);
    }

    @Override
    public ConnectionState state() {
        return state;
    }

    @Override
    public @Nullable CloseReason closeReason() {
        return closeReason;
    }

    @Override
    public Driving driving() {
        return node.driving();
    }

    @Override
    public int maxMessageBytes() {
        return node.config().driver().maxMessageBytes();
    }

    @Override
    public Address remoteAddress() {
        return remote;
    }

    @Override
    public void attach(final @Nullable Object newAttachment) {
        attachment = newAttachment;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void close() {
        end(CloseReason.LOCAL);
    }

    @Override
    public String toString() {
        return (isAccepted ? "from " : "to ") + remote.text() + ' ' + state;
    }

    @Nullable
    DriverLink link() {
        return link;
    }

    @Nullable
    Image image() {
        return image;
    }

    /** What is left to be freed of the sending half after the end. */
    synchronized @Nullable Outbound retired() {
        return retired;
    }

    /** The polling thread: messages flow from now on. */
    void open(final Outbound out, final Image in) {
        image = in;
        fullFragmentBytes = in.mtuLength() - DriverConfig.FRAME_HEADER_BYTES;
        synchronized (this) {
            if (state != ConnectionState.CONNECTING) {
                retired = out;
                return;
            }
            state = ConnectionState.OPEN;
            outbound = out;
        }
        isMet = true;
        try {
            handler.onOpen(this);
        } catch (final Throwable t) {
            fail(t);
        }
    }

    /** Ends it, if it has not ended; the handler hears of it by {@link #report()}. */
    void end(final CloseReason reason) {
        synchronized (this) {
            if (state == ConnectionState.CLOSED) {
                return;
            }
            retired = outbound;
            outbound = null;
            closeReason = reason;
            state = ConnectionState.CLOSED;
        }
        node.onEnded();
    }

    /** The polling thread: tells the handler of the end, once; an accepted connection that never opened it has not met. */
    void report() {
        final CloseReason reason = closeReason;
        if (isReported || reason == null) {
            return;
        }
        isReported = true;
        try {
            if (isMet || !isAccepted) {
                handler.onClosed(this, reason);
            }
        } catch (final Throwable t) {
            node.errors().onError(t);
        }
    }

    /** The polling thread: delivers up to so many messages, and returns how many were consumed. */
    int deliver(final int limit) {
        final Image in = image;
        if (in == null) {
            return 0;
        }
        final int fragments = in.controlledPoll(this, limit);
        return partialFragments == 0 ? fragments : deliverFragmented(in, fragments, limit);
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        // Every fragment of a longer message but its last has the full length, and a goodbye has none: so the length
        // tells a
        // whole message, and the flags, behind another bounds check, are read only where it does not.
        return length > 0 && length < fullFragmentBytes && !isAssembling
                ? onMessage(buffer, offset, length)
                : onAnyFragment(buffer, offset, length, header);
    }

    /** The polling thread: whether the peer has gone. */
    void check(final long nowNs, final long graceNs) {
        final Image in = image;
        final Outbound out = outbound;
        if (in == null || out == null) {
            return;
        }
        if (in.isClosed() || in.isEndOfStream() || link == null || link.isClosed()) {
            end(CloseReason.PEER_LOST);
        } else if (out.publication().isConnected()) {
            unconnectedSinceNs = 0;
        } else if (unconnectedSinceNs == 0) {
            // What the peer said last, a goodbye maybe, is still to be read.
            unconnectedSinceNs = nowNs;
        } else if (nowNs - unconnectedSinceNs > graceNs) {
            end(CloseReason.PEER_LOST);
        }
    }

    private SendStatus unable() {
        return state == ConnectionState.CONNECTING ? SendStatus.NOT_CONNECTED : SendStatus.CLOSED;
    }

    private Action onMessage(final DirectBuffer buffer, final int offset, final int length) {
        if (state != ConnectionState.OPEN) {
            return Action.ABORT;
        }
        try {
            return handler.onMessage(this, buffer, offset, length) == Delivery.CONSUMED
                    ? Action.CONTINUE
                    : Action.ABORT;
        } catch (final Throwable t) {
            fail(t);
            return Action.BREAK;
        }
    }

    private Action onAnyFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        if (header.flags() == FrameDescriptor.UNFRAGMENTED && !isAssembling) {
            return onMessage(buffer, offset, length);
        }
        if (Greeting.isGoodbye(length, header)) {
            end(CloseReason.PEER_CLOSED);
            return Action.BREAK;
        }
        Reassembly parts = reassembly;
        if (parts == null) {
            parts = new Reassembly(maxMessageBytes());
            reassembly = parts;
        }
        switch (parts.add(buffer, offset, length, header.flags())) {
            case PARTIAL -> {
                isAssembling = true;
                partialFragments++;
                return Action.CONTINUE;
            }
            case WHOLE -> {
                final Action action = onMessage(parts.message(), 0, parts.length());
                isAssembling = action == Action.ABORT;
                if (isAssembling) {
                    parts.takeBack();
                }
                return action;
            }
            default -> {
                end(CloseReason.PROTOCOL_ERROR);
                return Action.ABORT;
            }
        }
    }

    private int deliverFragmented(final Image in, final int firstFragments, final int limit) {
        int fragments = firstFragments;
        int messages = 0;
        while (true) {
            messages += fragments - partialFragments;
            final boolean isUnderWay = fragments > 0 && partialFragments > 0;
            partialFragments = 0;
            if (!isUnderWay || messages >= limit) {
                return messages;
            }
            // Fragments count against Aeron's limit, messages against the caller's.
            fragments = in.controlledPoll(this, limit - messages);
        }
    }

    private void fail(final Throwable t) {
        end(CloseReason.FAILED);
        node.errors().onError(t);
    }
}
