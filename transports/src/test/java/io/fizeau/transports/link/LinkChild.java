package io.fizeau.transports.link;

import com.sun.management.ThreadMXBean;
import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.PathCounts;
import io.fizeau.transports.EchoClient;
import io.fizeau.transports.EchoServer;
import io.fizeau.transports.link.namespace.Namespace;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * What a test of a link does in a JVM of its own within a namespace. Prints what it found as {@code name=value} lines, the report of
 * the link among them.
 */
public final class LinkChild {
    private static final int DATAGRAM_BYTES = 64;
    /** Beyond the last that was received: what a socket's buffer of the default size has room for. */
    private static final int WINDOW = 128;

    /** Reached only by a fault, however busy the machine is. */
    private static final int TIMEOUT_MS = 60_000;

    private static final long TIMEOUT_NS = TIMEOUT_MS * 1_000_000L;
    /** After so long without a datagram the link is asked whether any is still on its way. */
    private static final long QUIET_NS = 100_000_000;
    /** How long the link loses everything: many times what sending a few hundred datagrams into it takes. */
    private static final Duration BLACKOUT = Duration.ofSeconds(3);

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private LinkChild() {}

    /** Arguments: what to do, the kind of link, the impairment, how often or how much, and for TCP the congestion control. */
    public static void main(final String[] args) throws Exception {
        try (Link link =
                args[1].equals("plain") ? new PlainLink() : Links.named(args[1]).open()) {
            if (args.length > 4) {
                link.tcp(TcpRoute.of(args[4], Duration.ofMillis(Long.parseLong(args[5])), false));
            }
            link.apply(Impairment.parse(args[2]));
            final int amount = Integer.parseInt(args[3]);
            switch (args[0]) {
                case "datagrams" -> datagrams(link, amount);
                case "round-trips" -> roundTrips(link, amount);
                case "datagram-trips" -> datagramTrips(link, amount);
                case "bulk" -> bulk(link, amount);
                case "tcp-nio", "aeron-udp" -> transport(link, args[0], amount);
                case "blackout" -> blackout(link, amount);
                case "speed" -> speed(link, amount);
                case "wait" -> {
                    print("ready", "true");
                    new CountDownLatch(1).await();
                }
                default -> throw new IllegalArgumentException(args[0]);
            }
            try (LinkControl control = LinkControl.serve(link, LinkChild::fail)) {
                new LinkClient(control.path()).report().forEach(LinkChild::print);
                print("control", control.path());
            }
            print("inside", Namespace.isInside());
        }
    }

    private static void fail(final Throwable error) {
        throw new IllegalStateException(error);
    }

    /** Sends numbered datagrams to the server, at most a window ahead of the receiver, and prints which were lost. */
    private static void datagrams(final Link link, final int count) throws Exception {
        try (DatagramChannel server = DatagramChannel.open();
                DatagramChannel client = DatagramChannel.open()) {
            server.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
            server.bind(HostPort.parse(link.serverBind()).resolve());
            client.connect(((HostPort) link.reach(address(server))).resolve());
            final BitSet received = new BitSet();
            final ByteBuffer out = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
            final ByteBuffer in = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
            server.configureBlocking(false);
            final long startNs = System.nanoTime();
            long lastNs = startNs;
            int sent = 0;
            while (sent < count || !isThrough(link, count, received.cardinality(), lastNs)) {
                if (sent < count && sent - received.length() < WINDOW) {
                    out.clear();
                    out.putInt(0, sent);
                    client.write(out);
                    sent++;
                }
                in.clear();
                while (server.receive(in) != null) {
                    received.set(in.getInt(0));
                    in.clear();
                    lastNs = System.nanoTime();
                }
            }
            print("received", received.cardinality());
            print("datagramsPerSecond", received.cardinality() * 1_000_000_000L / (lastNs - startNs));
            final StringBuilder lost = new StringBuilder();
            for (int i = received.nextClearBit(0); i < count; i = received.nextClearBit(i + 1)) {
                lost.append(lost.length() == 0 ? "" : " ").append(i);
            }
            print("lost", lost);
        }
    }

    /** Whether all that the link let pass has arrived: by its own counts, because its relay may wait long for a processor. */
    private static boolean isThrough(final Link link, final int sent, final int received, final long lastNs) {
        final long quietNs = System.nanoTime() - lastNs;
        if (quietNs < QUIET_NS) {
            return false;
        }
        final PathCounts counts = link.report().toServer();
        return quietNs > TIMEOUT_NS || (counts.seen() >= sent && received >= counts.passed());
    }

    private static void roundTrips(final Link link, final int count) throws Exception {
        final ExecutorService other = Executors.newSingleThreadExecutor();
        try (ServerSocket listening = new ServerSocket()) {
            listening.bind(HostPort.parse(link.serverBind()).resolve());
            final Future<?> echo = other.submit(() -> echo(listening, count));
            try (Socket socket = new Socket()) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(TIMEOUT_MS);
                socket.connect(reached(link, listening.getLocalPort()), TIMEOUT_MS);
                final byte[] message = new byte[32];
                final DataInputStream in = new DataInputStream(socket.getInputStream());
                final long[] samples = new long[count];
                for (int i = 0; i < count; i++) {
                    final long startNs = System.nanoTime();
                    socket.getOutputStream().write(message);
                    in.readFully(message);
                    samples[i] = System.nanoTime() - startNs;
                }
                printMedian(samples);
            }
            echo.get();
        } finally {
            other.shutdownNow();
        }
    }

    private static Void echo(final ServerSocket listening, final int count) throws IOException {
        try (Socket socket = listening.accept()) {
            socket.setTcpNoDelay(true);
            final byte[] message = new byte[32];
            final DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < count; i++) {
                in.readFully(message);
                socket.getOutputStream().write(message);
            }
            return null;
        }
    }

    private static void datagramTrips(final Link link, final int count) throws Exception {
        final ExecutorService other = Executors.newSingleThreadExecutor();
        try (DatagramChannel server = DatagramChannel.open();
                DatagramChannel client = DatagramChannel.open()) {
            server.bind(HostPort.parse(link.serverBind()).resolve());
            client.connect(((HostPort) link.reach(address(server))).resolve());
            final Future<?> echo = other.submit(() -> {
                final ByteBuffer message = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
                for (int i = 0; i < count; i++) {
                    message.clear();
                    final SocketAddress from = server.receive(message);
                    message.flip();
                    server.send(message, from);
                }
                return null;
            });
            final ByteBuffer message = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
            final long[] samples = new long[count];
            for (int i = 0; i < count; i++) {
                final long startNs = System.nanoTime();
                message.clear();
                client.write(message);
                message.clear();
                client.read(message);
                samples[i] = System.nanoTime() - startNs;
            }
            printMedian(samples);
            echo.get();
        } finally {
            other.shutdownNow();
        }
    }

    private static void transport(final Link link, final String spec, final int count) {
        try (EchoServer server = new EchoServer(spec, Address.parse(link.serverBind()));
                EchoClient client = new EchoClient(spec, link.reach(server.address())).opened()) {
            final long[] samples = new long[count];
            for (int i = 0; i < count; i++) {
                final long startNs = System.nanoTime();
                client.roundTrip(32);
                samples[i] = System.nanoTime() - startNs;
            }
            printMedian(samples);
            print("serverErrors", server.errors());
        }
    }

    /**
     * Sends so many datagrams before, in and after a blackout, each time waits until the link is through with them, and prints how many
     * arrived. No time is taken for how long the relay needs: it may have to wait for a processor.
     */
    private static void blackout(final Link link, final int count) throws Exception {
        try (DatagramChannel server = DatagramChannel.open();
                DatagramChannel client = DatagramChannel.open()) {
            server.bind(HostPort.parse(link.serverBind()).resolve());
            server.configureBlocking(false);
            client.connect(((HostPort) link.reach(address(server))).resolve());
            final int[] arrived = new int[4];
            send(client, 0, count);
            receiveUntil(server, arrived, () -> arrived[0] >= count);
            final Blackout blackout = link.blackout(BLACKOUT);
            send(client, 1, count);
            receiveUntil(server, arrived, () -> link.report().toServer().lostByBlackout() + arrived[1] >= count);
            final boolean isDark = System.nanoTime() - blackout.endsNs() < 0;
            receiveUntil(server, arrived, () -> System.nanoTime() - blackout.endsNs() >= 0);
            // The rules of nft go some milliseconds later than told.
            receiveUntil(server, arrived, () -> {
                send(client, 2, 1);
                return arrived[2] > 0;
            });
            send(client, 3, count);
            receiveUntil(server, arrived, () -> arrived[3] >= count);
            print("before", arrived[0]);
            print("within", arrived[1]);
            print("after", arrived[3]);
            print("inTime", isDark);
        }
    }

    private static void send(final DatagramChannel client, final int kind, final int count) throws IOException {
        final ByteBuffer message = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
        for (int i = 0; i < count; i++) {
            client.write(message.clear().putInt(0, kind));
        }
    }

    /** Counts what arrives until a condition holds, or nothing more is to be expected. */
    private static void receiveUntil(final DatagramChannel server, final int[] arrived, final Condition condition)
            throws IOException {
        final ByteBuffer message = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
        final long startNs = System.nanoTime();
        while (!condition.holds() && System.nanoTime() - startNs < TIMEOUT_NS) {
            while (server.receive(message.clear()) != null) {
                arrived[message.getInt(0)]++;
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** What may come true while datagrams arrive. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void speed(final Link link, final int milliseconds) {
        LinkSpeed.measure(link, Duration.ofMillis(milliseconds));
        final long before = allocatedByRelay();
        final LinkSpeed speed = LinkSpeed.measure(link, Duration.ofMillis(milliseconds));
        print("allocatedBytes", allocatedByRelay() - before);
        print("packetsPerSecond", speed.packetsPerSecond());
        print("roundTripNs", speed.roundTripNs());
        print("addedRoundTripNs", speed.addedRoundTripNs());
    }

    /** By the thread that carries the packets, in bytes; the paths of each schedule are made by another. */
    private static long allocatedByRelay() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("fizeau-tun")
                        || thread.getName().equals("fizeau-udp-proxy"))
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }

    private static void bulk(final Link link, final int mebibytes) throws Exception {
        final byte[] payload = new byte[mebibytes << 20];
        new Random(42).nextBytes(payload);
        final long before = counter("RetransSegs");
        final ExecutorService other = Executors.newSingleThreadExecutor();
        try (ServerSocket listening = new ServerSocket()) {
            listening.bind(HostPort.parse(link.serverBind()).resolve());
            final Future<byte[]> received = other.submit(() -> {
                try (Socket socket = listening.accept()) {
                    socket.setSoTimeout(TIMEOUT_MS);
                    final byte[] bytes = readAll(socket.getInputStream(), payload.length);
                    new DataOutputStream(socket.getOutputStream()).writeInt(1);
                    return bytes;
                }
            });
            final long startNs = System.nanoTime();
            try (Socket socket = new Socket()) {
                socket.setSoTimeout(TIMEOUT_MS);
                socket.connect(reached(link, listening.getLocalPort()), TIMEOUT_MS);
                socket.getOutputStream().write(payload);
                new DataInputStream(socket.getInputStream()).readInt();
            }
            final long tookNs = System.nanoTime() - startNs;
            awaitQuiet();
            print("intact", Arrays.equals(payload, received.get()));
            print("retransmitted", counter("RetransSegs") - before);
            print("checksumErrors", counter("InCsumErrors"));
            print("kilobitsPerSecond", payload.length * 8_000_000L / tookNs);
        } finally {
            other.shutdownNow();
        }
    }

    /** Until nothing arrives any more: the end of a connection takes some packets after its sockets are closed. */
    private static void awaitQuiet() throws IOException {
        long before = -1;
        for (long now = counter("InSegs"); now != before; now = counter("InSegs")) {
            before = now;
            // Longer than it takes TCP, as a rule, to send again what was lost last.
            LockSupport.parkNanos(300_000_000);
        }
    }

    private static byte[] readAll(final InputStream in, final int length) throws IOException {
        try {
            return in.readNBytes(length);
        } catch (final SocketTimeoutException e) {
            return new byte[0];
        }
    }

    private static long counter(final String name) throws IOException {
        final String[] lines = Files.readAllLines(Path.of("/proc/self/net/snmp")).stream()
                .filter(line -> line.startsWith("Tcp:"))
                .toArray(String[]::new);
        return Long.parseLong(
                lines[1].split(" ", -1)[Arrays.asList(lines[0].split(" ", -1)).indexOf(name)]);
    }

    private static InetSocketAddress reached(final Link link, final int port) {
        return ((HostPort) link.reach(
                        new HostPort(HostPort.parse(link.serverBind()).host(), port)))
                .resolve();
    }

    private static Address address(final DatagramChannel channel) throws IOException {
        return HostPort.of((InetSocketAddress) channel.getLocalAddress());
    }

    private static void printMedian(final long[] samples) {
        final long[] sorted = Arrays.copyOfRange(samples, samples.length / 5, samples.length);
        Arrays.sort(sorted);
        print("leastNs", sorted[0]);
        print("medianNs", sorted[sorted.length / 2]);
        print("p99Ns", sorted[(int) (sorted.length * 0.99)]);
    }

    private static void print(final String name, final Object value) {
        OUT.println(name + '=' + value);
    }
}
