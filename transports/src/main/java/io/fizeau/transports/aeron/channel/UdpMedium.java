package io.fizeau.transports.aeron.channel;

import io.aeron.ChannelUri;
import io.aeron.CommonContext;
import io.fizeau.core.address.Address;
import io.fizeau.core.address.Channel;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Unicast UDP: {@code host:port}, or {@code aeron:udp?endpoint=host:port#stream}. */
public final class UdpMedium implements Medium {
    private static final String PREFIX = "aeron:udp?endpoint=";
    private static final int DEFAULT_STREAM = 1001;

    @Override
    public boolean joinsDriverOfListener() {
        return false;
    }

    @Override
    public Target target(final Address address) {
        if (address instanceof HostPort hostPort) {
            return new Target(address, null, hostPort.text(), DEFAULT_STREAM);
        }
        if (address instanceof Channel channel) {
            return new Target(address, null, endpointOf(channel).text(), channel.streamId());
        }
        throw notOurs(address, null);
    }

    @Override
    public String channel(final Target target) {
        return PREFIX + target.endpoint();
    }

    @Override
    public Address listenerAddress(
            final Target target, final String resolvedEndpoint, final Path directory, final int streamId) {
        return target.address() instanceof Channel
                ? new Channel(PREFIX + resolvedEndpoint, streamId)
                : HostPort.parse(resolvedEndpoint);
    }

    @Override
    public String wayBack(final Target target) {
        final InetSocketAddress remote = HostPort.parse(target.endpoint()).resolve();
        // Connecting a datagram socket sends nothing; it tells by which of this host's addresses the peer is reached.
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(remote);
            return PREFIX + new HostPort(socket.getLocalAddress().getHostAddress(), 0).text();
        } catch (final IOException | RuntimeException e) {
            throw new TransportException(
                    TransportException.NextStep.RETRY,
                    "address " + target.address().text() + ": no way leads there from this host (" + e.getMessage()
                            + ")",
                    e);
        }
    }

    @Override
    public String answer(final String sourceIdentity, final int port) {
        return PREFIX + new HostPort(HostPort.parse(sourceIdentity).host(), port).text();
    }

    @Override
    public Address peer(final String sourceIdentity, final int streamId) {
        return HostPort.parse(sourceIdentity);
    }

    private static HostPort endpointOf(final Channel channel) {
        try {
            final ChannelUri uri = ChannelUri.parse(channel.uri());
            final String endpoint = uri.get(CommonContext.ENDPOINT_PARAM_NAME);
            uri.remove(CommonContext.ENDPOINT_PARAM_NAME);
            // What is left must be the bare medium: the sizes are options of the transport, the rest is not offered.
            if (endpoint != null && uri.isUdp() && "aeron:udp".equals(uri.toString())) {
                return HostPort.parse(endpoint);
            }
        } catch (final IllegalArgumentException e) {
            throw notOurs(channel, e);
        }
        throw notOurs(channel, null);
    }

    private static TransportException notOurs(final Address address, final @Nullable Exception cause) {
        final String message = "address '" + address.text()
                + "' is not one of aeron-udp: write host:port or aeron:udp?endpoint=host:port#stream";
        return cause == null
                ? TransportException.badRequest(message)
                : new TransportException(TransportException.NextStep.STOP, message, cause);
    }
}
