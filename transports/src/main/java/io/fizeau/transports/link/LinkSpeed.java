package io.fizeau.transports.link;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Impairment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Arrays;

/**
 * What a link that impairs nothing reaches on this machine.
 *
 * @param packetsPerSecond how many small datagrams a second it carries one way, from a thread that both sends and receives.
 * @param roundTripNs the median round trip of a datagram through it, answered by the thread that sent it.
 * @param loopbackRoundTripNs the same without the link.
 */
public record LinkSpeed(long packetsPerSecond, long roundTripNs, long loopbackRoundTripNs) {
    private static final int BYTES = 64;
    private static final int BUFFER_BYTES = 1 << 20;
    /** Enough to keep the link busy, few enough for every buffer on the way. */
    private static final int IN_FLIGHT = 128;

    private static final int MOST_TRIPS = 200_000;
    private static final long LOST_NS = 100_000_000;

    /**
     * Measures. The calling thread spins.
     *
     * @param link a link that nothing else uses; afterwards it impairs nothing.
     * @param duration how long, in all.
     * @return what was found.
     * @throws TransportException if nothing comes through.
     */
    public static LinkSpeed measure(final Link link, final Duration duration) {
        link.apply(Impairment.NONE);
        final long eachNs = duration.toNanos() / 3;
        try (DatagramChannel server = bound(link.serverBind());
                DatagramChannel client = connected(link.reach(address(server)).text())) {
            final long rate = flood(server, client, eachNs);
            final long throughLink = roundTrip(server, client, eachNs);
            return new LinkSpeed(rate, throughLink, loopbackRoundTrip(eachNs));
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "the link cannot be measured: " + e.getMessage(), e);
        }
    }

    /**
     * What the link adds to a round trip.
     *
     * @return ns.
     */
    public long addedRoundTripNs() {
        return roundTripNs - loopbackRoundTripNs;
    }

    private static long loopbackRoundTrip(final long lengthNs) throws IOException {
        try (DatagramChannel server = bound(HostPort.loopback().text());
                DatagramChannel client = connected(address(server).text())) {
            return roundTrip(server, client, lengthNs);
        }
    }

    private static long flood(final DatagramChannel server, final DatagramChannel client, final long lengthNs)
            throws IOException {
        final ByteBuffer message = ByteBuffer.allocateDirect(BYTES);
        final long startNs = System.nanoTime();
        final long countFromNs = startNs + lengthNs / 4;
        long lastNs = startNs;
        long nowNs = startNs;
        long sent = 0;
        long received = 0;
        long counted = 0;
        while (nowNs - startNs < lengthNs) {
            if (sent - received < IN_FLIGHT) {
                message.clear();
                client.write(message);
                sent++;
            } else if (nowNs - lastNs > LOST_NS) {
                // Some got lost, which is not asked here.
                received = sent;
            }
            message.clear();
            if (server.receive(message) != null) {
                received++;
                lastNs = nowNs;
                counted += nowNs - countFromNs > 0 ? 1 : 0;
            }
            nowNs = System.nanoTime();
        }
        if (counted == 0) {
            throw new IOException("no datagram came through");
        }
        return counted * Duration.ofSeconds(1).toNanos() / (nowNs - countFromNs);
    }

    private static long roundTrip(final DatagramChannel server, final DatagramChannel client, final long lengthNs)
            throws IOException {
        final long[] samples = new long[MOST_TRIPS];
        final ByteBuffer message = ByteBuffer.allocateDirect(BYTES);
        // What the flood has left in the buffers.
        while (server.receive(message) != null) {
            message.clear();
        }
        final long startNs = System.nanoTime();
        int count = 0;
        while (count < MOST_TRIPS && System.nanoTime() - startNs < lengthNs) {
            final long sentNs = System.nanoTime();
            message.clear();
            client.write(message);
            if (!isBack(server, client, message, sentNs)) {
                continue;
            }
            samples[count++] = System.nanoTime() - sentNs;
        }
        if (count == 0) {
            throw new IOException("no round trip came back");
        }
        // The first are cold.
        Arrays.sort(samples, count / 4, count);
        return samples[count / 4 + (count - count / 4) / 2];
    }

    private static boolean isBack(
            final DatagramChannel server, final DatagramChannel client, final ByteBuffer message, final long sentNs)
            throws IOException {
        boolean isAnswered = false;
        while (System.nanoTime() - sentNs < LOST_NS) {
            message.clear();
            if (!isAnswered) {
                final SocketAddress from = server.receive(message);
                if (from != null) {
                    message.flip();
                    server.send(message, from);
                    isAnswered = true;
                }
            } else if (client.read(message) > 0) {
                return true;
            }
        }
        return false;
    }

    private static DatagramChannel bound(final String address) throws IOException {
        final DatagramChannel channel = open();
        channel.bind(HostPort.parse(address).resolve());
        return channel;
    }

    private static DatagramChannel connected(final String address) throws IOException {
        final DatagramChannel channel = open();
        channel.connect(HostPort.parse(address).resolve());
        return channel;
    }

    private static DatagramChannel open() throws IOException {
        final DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        channel.configureBlocking(false);
        return channel;
    }

    private static HostPort address(final DatagramChannel channel) throws IOException {
        return HostPort.of((InetSocketAddress) channel.getLocalAddress());
    }
}
