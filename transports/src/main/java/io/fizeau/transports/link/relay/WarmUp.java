package io.fizeau.transports.link.relay;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Impairment;
import io.fizeau.transports.link.Link;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;

/**
 * Sends datagrams through a new link and back, so that its relay is compiled before it is measured with: the first packets of a cold
 * one would come tens of milliseconds late. Also shows that the link carries anything. Stateless.
 */
public final class WarmUp {
    private static final Impairment DELAY = Impairment.parse("delay=50us");
    private static final int BYTES = 64;
    private static final int TRIPS = 6_000;
    private static final int IN_FLIGHT = 8;
    private static final long LONGEST_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);
    /** How long the last ones are waited for. */
    private static final long LAST_NS = TimeUnit.SECONDS.toNanos(2);

    private WarmUp() {}

    /**
     * Warms up, for at most half a second.
     *
     * @param link a link that nothing uses yet; afterwards it lets everything pass, and its counts are 0.
     * @throws TransportException if nothing comes back.
     */
    public static void run(final Link link) {
        link.apply(DELAY);
        try (DatagramChannel server = DatagramChannel.open();
                DatagramChannel client = DatagramChannel.open()) {
            server.bind(HostPort.parse(link.serverBind()).resolve());
            final HostPort listening = HostPort.of((InetSocketAddress) server.getLocalAddress());
            client.connect(((HostPort) link.reach(listening)).resolve());
            server.configureBlocking(false);
            client.configureBlocking(false);
            if (trips(server, client) == 0) {
                throw new TransportException(
                        TransportException.NextStep.FAIL_RUN,
                        "nothing that is sent into the link comes back: is a firewall at work here?");
            }
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "the link cannot be used: " + e.getMessage(), e);
        }
        link.apply(Impairment.NONE);
    }

    private static int trips(final DatagramChannel server, final DatagramChannel client) throws IOException {
        final ByteBuffer message = ByteBuffer.allocateDirect(BYTES);
        final long startNs = System.nanoTime();
        int sent = 0;
        int back = 0;
        long elapsedNs = 0;
        while (back < TRIPS && elapsedNs < (back == 0 ? PATIENCE_NS : LONGEST_NS)) {
            // Whatever is lost on the way, a few are always in flight.
            if (sent - back < IN_FLIGHT) {
                message.clear();
                client.write(message);
                sent++;
            }
            back += carry(server, client, message);
            elapsedNs = System.nanoTime() - startNs;
        }
        // Those that are still on their way would be packets of the schedule that is applied next.
        final long lastNs = System.nanoTime();
        while (back < sent && System.nanoTime() - lastNs < LAST_NS) {
            back += carry(server, client, message);
        }
        return back;
    }

    /** Answers one datagram and takes one answer, if there are any; how many answers it took. */
    private static int carry(final DatagramChannel server, final DatagramChannel client, final ByteBuffer message)
            throws IOException {
        message.clear();
        final SocketAddress from = server.receive(message);
        if (from != null) {
            message.flip();
            server.send(message, from);
        }
        message.clear();
        return client.read(message) > 0 ? 1 : 0;
    }
}
