package io.fizeau.transports.uds;

import io.fizeau.core.address.Address;
import io.fizeau.transports.blocking.BlockingStream;
import io.fizeau.transports.blocking.Deadline;
import io.fizeau.transports.framing.FrameWriter;
import io.fizeau.transports.framing.ReceiveBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket. A read without end is the channel's own; one whose wait is bounded waits in a selector, because a channel
 * cannot be told how long to wait, and then the channel does not block, and a write waits in another selector.
 */
final class UnixStream implements BlockingStream {
    private final SocketChannel channel;
    private final Address remote;
    private final @Nullable SocketAddress target;
    private final @Nullable UnixFamily family;
    private final long connectTimeoutNs;
    private final int readTimeoutMs;
    private final @Nullable Selector readable;
    private volatile @Nullable Selector writable; // by the sending thread

    private UnixStream(
            final SocketChannel channel,
            final Address remote,
            final @Nullable SocketAddress target,
            final @Nullable UnixFamily family,
            final long connectTimeoutNs,
            final int readTimeoutMs)
            throws IOException {
        this.channel = channel;
        this.remote = remote;
        this.target = target;
        this.family = family;
        this.connectTimeoutNs = connectTimeoutNs;
        this.readTimeoutMs = readTimeoutMs;
        this.readable = readTimeoutMs > 0 ? Selector.open() : null;
    }

    static UnixStream connecting(
            final SocketChannel channel,
            final Address remote,
            final SocketAddress target,
            final long connectTimeoutNs,
            final int readTimeoutMs)
            throws IOException {
        return new UnixStream(channel, remote, target, null, connectTimeoutNs, readTimeoutMs);
    }

    static UnixStream accepted(final SocketChannel channel, final Address listening, final UnixFamily family)
            throws IOException {
        return new UnixStream(channel, listening, null, family, 0, 0);
    }

    @Override
    public void connect() throws IOException {
        // A listener whose queue is full is waited for, without end.
        try (Deadline deadline = Deadline.closing(this::close, connectTimeoutNs)) {
            channel.connect(target);
            if (deadline.hasPassed()) {
                throw new ConnectException("no answer from " + remote.text());
            }
        }
        UnixFamily.requireOwn(channel);
        if (readable != null) {
            channel.configureBlocking(false);
            register(readable, SelectionKey.OP_READ);
        }
    }

    @Override
    public void accept() throws IOException {
        if (family != null) {
            family.configure(channel);
        }
    }

    @Override
    public int read(final ReceiveBuffer in) throws IOException {
        int count = channel.read(in.room());
        if (count == 0 && readable != null) {
            await(readable, readTimeoutMs);
            count = channel.read(in.room());
        }
        if (count > 0) {
            in.filled(count);
        }
        return count;
    }

    @Override
    public void write(final FrameWriter out) throws IOException {
        final ByteBuffer bytes = out.unwritten();
        channel.write(bytes);
        while (bytes.hasRemaining()) {
            if (readable != null) {
                await(writable(), 0);
            }
            channel.write(bytes);
        }
    }

    /** Made when a write has to wait for the first time: most never do. */
    private Selector writable() throws IOException {
        final Selector made = writable;
        if (made != null) {
            return made;
        }
        final Selector selector = Selector.open();
        writable = selector; // before it is known whether the channel is open: whoever closes that may not see this
        try {
            register(selector, SelectionKey.OP_WRITE);
        } catch (final IOException e) {
            selector.close();
            throw e;
        }
        return selector;
    }

    private void register(final Selector selector, final int operation) throws IOException {
        try {
            channel.register(selector, operation);
        } catch (final ClosedSelectorException e) {
            throw closedMeanwhile(e);
        }
    }

    private static void await(final Selector selector, final long timeoutMs) throws IOException {
        try {
            selector.select(UnixStream::leave, timeoutMs);
        } catch (final ClosedSelectorException e) {
            throw closedMeanwhile(e);
        }
    }

    /** What a key is named for is tried by whoever waits. */
    private static void leave(final SelectionKey key) {}

    private static IOException closedMeanwhile(final ClosedSelectorException e) {
        final IOException closed = new AsynchronousCloseException();
        closed.initCause(e);
        return closed;
    }

    @Override
    public void close() {
        try (channel) {
            if (channel.isConnected()) {
                channel.shutdownOutput();
            }
        } catch (final IOException e) {
            // The peer has gone: there is nobody to tell, and the socket is closed all the same.
        }
        // Until they let go of the channel, the system keeps it open; and whoever waits in one is woken.
        closeQuietly(readable);
        closeQuietly(writable);
    }

    private static void closeQuietly(final @Nullable Selector selector) {
        try {
            if (selector != null) {
                selector.close();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Address remote() {
        return remote;
    }

    @Override
    public ReceiveBuffer newReceiveBuffer(final int capacityBytes) {
        return ReceiveBuffer.direct(capacityBytes);
    }

    @Override
    public FrameWriter newFrameWriter(final int gatherBytes) {
        return FrameWriter.direct(gatherBytes);
    }
}
