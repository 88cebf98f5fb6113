package io.fizeau.transports.aeron.channel;

import io.aeron.ChannelUri;
import io.aeron.CommonContext;
import io.fizeau.core.address.Address;
import io.fizeau.core.address.Channel;
import io.fizeau.core.error.TransportException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Shared memory: {@code aeron:ipc#stream}, or {@code aeron:ipc?dir=/dev/shm/some-driver#stream}, where the directory says by
 * which driver the stream is reached. Aeron knows no such parameter; it never sees it.
 */
public final class IpcMedium implements Medium {
    /** Listening here means: at any free stream. */
    public static final Channel ANY_STREAM = new Channel(CommonContext.IPC_CHANNEL, 0);

    private static final String DIRECTORY = "dir";

    @Override
    public boolean joinsDriverOfListener() {
        return true;
    }

    @Override
    public Target target(final Address address) {
        if (!(address instanceof Channel channel)) {
            throw notOurs(address, null);
        }
        try {
            final ChannelUri uri = ChannelUri.parse(channel.uri());
            final String directory = uri.get(DIRECTORY);
            uri.remove(DIRECTORY);
            if (!CommonContext.IPC_CHANNEL.equals(uri.toString())) {
                throw notOurs(address, null);
            }
            return new Target(address, directory == null ? null : Path.of(directory), "", channel.streamId());
        } catch (final IllegalArgumentException e) {
            throw notOurs(address, e);
        }
    }

    @Override
    public String channel(final Target target) {
        return CommonContext.IPC_CHANNEL;
    }

    @Override
    public Address listenerAddress(
            final Target target, final String resolvedEndpoint, final Path directory, final int streamId) {
        return new Channel(CommonContext.IPC_CHANNEL + '?' + DIRECTORY + '=' + directory, streamId);
    }

    @Override
    public String wayBack(final Target target) {
        return CommonContext.IPC_CHANNEL;
    }

    @Override
    public String answer(final String sourceIdentity, final int port) {
        return CommonContext.IPC_CHANNEL;
    }

    @Override
    public Address peer(final String sourceIdentity, final int streamId) {
        return new Channel(CommonContext.IPC_CHANNEL, streamId);
    }

    private static TransportException notOurs(final Address address, final @Nullable Exception cause) {
        final String message = "address '" + address.text()
                + "' is not one of aeron-ipc: write aeron:ipc#stream or aeron:ipc?dir=/path/of/driver#stream";
        return cause == null
                ? TransportException.badRequest(message)
                : new TransportException(TransportException.NextStep.STOP, message, cause);
    }
}
