package io.fizeau.transports.link.proxy;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.ImpairedPath;
import io.fizeau.core.impair.PacketSink;
import io.fizeau.transports.link.relay.Paths;
import io.fizeau.transports.link.relay.RelayThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Receives datagrams at both sides, passes them through the paths, and sends what is due. Used by the relay's thread. */
final class ProxyCarrier implements RelayThread.Carrier {
    /** Before each packet in the paths: the number of its session. */
    static final int NUMBER_BYTES = 4;

    private static final int LARGEST_DATAGRAM_BYTES = 65_536;
    private static final int BATCH = 16;
    private static final int MOST_SESSIONS = 1024;
    /** After the last packet. */
    private static final long SPIN_NS = 50_000;
    /** Before a packet is due: a thread that is parked comes up to so much late. */
    private static final long WAKE_NS = 150_000;
    /** A selector waits in milliseconds, too coarse for a packet that is due within some. */
    private static final long COARSE_NS = 2_000_000;

    private static final long LONGEST_WAIT_MS = 5;
    private static final long NS_PER_MS = 1_000_000;

    private final Selector selector;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(NUMBER_BYTES + LARGEST_DATAGRAM_BYTES);
    private final UnsafeBuffer packetView = new UnsafeBuffer(packet);
    private final List<Front> fronts = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private final Map<SocketAddress, Session> byClient = new HashMap<>();
    /** Made once, because the hot path makes no lambda. */
    private final PacketSink toServer = (buffer, offset, length) -> send(buffer, offset, length, true);

    private final PacketSink toClient = (buffer, offset, length) -> send(buffer, offset, length, false);
    private long unreachableCount;
    private long lastWorkNs = System.nanoTime();
    private SocketAddress lastClient = new InetSocketAddress(0);
    private @Nullable Session lastSession;

    /** Where clients of one server send to. */
    private record Front(DatagramChannel channel, InetSocketAddress server) {}

    ProxyCarrier(final Selector selector) {
        this.selector = selector;
    }

    /** Opens a front for a server, and returns where clients have to send to. */
    InetSocketAddress reach(final InetSocketAddress server) throws IOException {
        final DatagramChannel channel = Session.bound(server.getAddress(), selector);
        fronts.add(new Front(channel, server));
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /** Forgets all servers and clients. */
    void reset() throws IOException {
        for (final Front front : fronts) {
            front.channel.close();
        }
        for (final Session session : sessions) {
            session.upstream().close();
        }
        fronts.clear();
        sessions.clear();
        byClient.clear();
        lastSession = null;
        unreachableCount = 0;
        selector.selectNow();
    }

    /** The ports of all sockets. */
    List<Integer> ports() throws IOException {
        final List<Integer> ports = new ArrayList<>();
        for (final Front front : fronts) {
            ports.add(((InetSocketAddress) front.channel.getLocalAddress()).getPort());
        }
        for (final Session session : sessions) {
            ports.add(((InetSocketAddress) session.upstream().getLocalAddress()).getPort());
        }
        return ports;
    }

    /** How many datagrams found nobody listening. */
    long unreachableCount() {
        return unreachableCount;
    }

    @Override
    public int carry(final Paths paths) {
        try {
            int work = release(paths, System.nanoTime());
            for (int i = 0; i < fronts.size(); i++) {
                work += fromClients(fronts.get(i), paths);
            }
            for (int i = 0; i < sessions.size(); i++) {
                work += fromServer(sessions.get(i), paths);
            }
            return work;
        } catch (final IOException e) {
            throw new TransportException(TransportException.NextStep.FAIL_RUN, "a socket of the proxy: " + e, e);
        }
    }

    @Override
    public void idle(final int workCount, final Paths paths) {
        final long nowNs = System.nanoTime();
        if (workCount > 0) {
            lastWorkNs = nowNs;
            return;
        }
        final long dueNs = paths.nextReleaseNs(nowNs);
        final long untilDueNs = dueNs == Long.MAX_VALUE ? Long.MAX_VALUE : dueNs - nowNs;
        if (untilDueNs < WAKE_NS || nowNs - lastWorkNs < SPIN_NS) {
            Thread.onSpinWait();
        } else if (untilDueNs < COARSE_NS) {
            LockSupport.parkNanos(Math.min(SPIN_NS, untilDueNs - WAKE_NS));
        } else {
            select(Math.min(LONGEST_WAIT_MS, untilDueNs / NS_PER_MS - 1));
        }
    }

    @Override
    public void onClose() {
        try {
            reset();
            selector.close();
        } catch (final IOException e) {
            throw new TransportException(TransportException.NextStep.FAIL_RUN, "the proxy does not close: " + e, e);
        }
    }

    private void select(final long timeoutMs) {
        try {
            selector.select(Math.max(1, timeoutMs));
            selector.selectedKeys().clear();
        } catch (final IOException e) {
            throw new TransportException(TransportException.NextStep.FAIL_RUN, "the proxy cannot wait: " + e, e);
        }
    }

    private int fromClients(final Front front, final Paths paths) throws IOException {
        int count = 0;
        while (count < BATCH) {
            packet.clear().position(NUMBER_BYTES);
            final SocketAddress client = front.channel.receive(packet);
            if (client == null) {
                break;
            }
            count++;
            offer(session(client, front), paths, Direction.TO_SERVER);
        }
        return count;
    }

    private int fromServer(final Session session, final Paths paths) throws IOException {
        int count = 0;
        while (count < BATCH) {
            packet.clear().position(NUMBER_BYTES);
            if (!receive(session)) {
                break;
            }
            count++;
            offer(session, paths, Direction.TO_CLIENT);
        }
        return count;
    }

    private boolean receive(final Session session) throws IOException {
        try {
            return session.upstream().receive(packet) != null;
        } catch (final PortUnreachableException e) {
            // The server is not up, or not any more: what was sent to it is gone as on any network.
            unreachableCount++;
            return false;
        }
    }

    private void offer(final Session session, final Paths paths, final Direction direction) {
        packet.putInt(0, session.number());
        final ImpairedPath path = paths.path(direction);
        final long nowNs = System.nanoTime();
        path.offer(nowNs, packetView, 0, packet.position());
        if (path.nextReleaseNs() - nowNs <= 0) {
            release(paths, nowNs);
        }
    }

    private Session session(final SocketAddress client, final Front front) throws IOException {
        if (client == lastClient && lastSession != null) {
            return lastSession;
        }
        Session session = byClient.get(client);
        if (session == null) {
            if (sessions.size() == MOST_SESSIONS) {
                throw new IOException("more than " + MOST_SESSIONS + " clients");
            }
            session = Session.open(sessions.size(), client, front.channel, front.server, selector);
            sessions.add(session);
            byClient.put(client, session);
        }
        lastClient = client;
        lastSession = session;
        return session;
    }

    private int release(final Paths paths, final long nowNs) {
        return paths.toServer().poll(nowNs, toServer) + paths.toClient().poll(nowNs, toClient);
    }

    private boolean send(final DirectBuffer buffer, final int offset, final int length, final boolean isToServer) {
        final ByteBuffer bytes = Objects.requireNonNull(buffer.byteBuffer());
        bytes.limit(offset + length).position(offset + NUMBER_BYTES);
        final Session session = sessions.get(bytes.getInt(offset));
        try {
            final int sent = isToServer
                    ? session.upstream().write(bytes)
                    : session.front().send(bytes, session.client());
            return sent > 0 || length == NUMBER_BYTES;
        } catch (final PortUnreachableException e) {
            unreachableCount++;
            return true;
        } catch (final IOException e) {
            throw new TransportException(TransportException.NextStep.FAIL_RUN, "a socket of the proxy: " + e, e);
        }
    }
}
