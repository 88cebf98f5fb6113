package io.fizeau.bench.instrument.traffic;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Impairment;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.Links;
import io.fizeau.transports.link.TcpRoute;
import io.fizeau.transports.link.kernel.NetworkFiles;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Asks a link, within the network namespace in which it was started, something of which the answer is known. Prints lines of a name, a
 * blank and a number; exit status 1 with one line on standard error if it could not ask.
 */
public final class LinkQuestions {
    /** How many of 20 000 datagrams are missing at 1 % and seed 42. */
    public static final String DROPS = "drops";

    /** By how much the median round trip grows with 10 ms each way. */
    public static final String DELAY = "delay";

    /** What one lost segment of a ping-pong costs at a floor of 200 ms. */
    public static final String RTO = "rto";

    /** What TCP and UDP see of 50 Mbit/s. */
    public static final String RATE = "rate";

    /** Goodput of reno at several losses and 20 ms. */
    public static final String RENO = "reno";

    /** Before the loss in percent, in the names of reno's goodput. */
    public static final String LOSS = "loss.";

    private static final int DATAGRAMS = 20_000;
    private static final int PER_SECOND = 20_000;
    private static final int SMALL_BYTES = 64;
    private static final int FULL_BYTES = 1472;
    private static final double RATE_MBIT = 50;
    private static final int BITS = 8;
    private static final double MEGA = 1e6;
    private static final int ROUND_TRIPS = 40;
    private static final double MS = 1e6;
    private static final int RENO_FLOWS = 6;
    /** The more seldom a loss, the longer it takes until enough were seen. */
    private static final List<RenoPoint> RENO_POINTS = List.of(
            new RenoPoint(0.05, 25),
            new RenoPoint(0.1, 15),
            new RenoPoint(0.2, 12),
            new RenoPoint(0.5, 8),
            new RenoPoint(1, 8));

    private final Link link;
    private final PrintStream out;

    private LinkQuestions(final Link link, final PrintStream out) {
        this.link = link;
        this.out = out;
    }

    private record RenoPoint(double lossPercent, int seconds) {}

    /**
     * Asks.
     *
     * @param args the link's name and the question.
     */
    public static void main(final String[] args) {
        try (Link link = Links.named(args[0]).open()) {
            new LinkQuestions(link, System.out).ask(args[1]);
        } catch (final TransportException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private void ask(final String question) {
        switch (question) {
            case DROPS -> drops();
            case DELAY -> delay();
            case RTO -> lostSegment();
            case RATE -> rate();
            case RENO -> reno();
            default -> throw TransportException.badRequest("unknown question: " + question);
        }
    }

    private void drops() {
        link.apply(Impairment.parse("up.loss=1%:seed=42"));
        final Datagrams.Received received = Datagrams.send(bind(), this::reach, DATAGRAMS, SMALL_BYTES, PER_SECOND);
        print("missing", received.missing(DATAGRAMS));
        print("first", received.received().nextClearBit(0));
        print("duplicates", received.duplicates());
    }

    private void delay() {
        link.apply(Impairment.NONE);
        final double without = median(ByteStream.roundTripsNs(bind(), this::reach, ROUND_TRIPS));
        link.apply(Impairment.parse("delay=10ms"));
        final double with = median(ByteStream.roundTripsNs(bind(), this::reach, ROUND_TRIPS));
        print("added.ms", (with - without) / MS);
    }

    private void lostSegment() {
        // Each segment is acknowledged at once, so that no acknowledgement is lost with the segment: else the server
        // would
        // send its last answer again, too.
        link.tcp(TcpRoute.of("cubic", Duration.ofMillis(200), true));
        // The way to the server: the two packets of the handshake, then in turn a segment and an acknowledgement.
        link.apply(Impairment.parse("up.drops=20"));
        final long before = retransmitted();
        final long[] timesNs = ByteStream.roundTripsNs(bind(), this::reach, ROUND_TRIPS);
        print("slow", (double) Arrays.stream(timesNs)
                .filter(ns -> ns > TimeUnit.MILLISECONDS.toNanos(100))
                .count());
        print("slowest.ms", Arrays.stream(timesNs).max().orElse(0) / MS);
        print("retransmitted", (double) (retransmitted() - before));
    }

    private void rate() {
        link.tcp(route("cubic"));
        link.apply(Impairment.parse("rate=50mbit:queue=256k"));
        print("tcp.mbit", ByteStream.goodputMbit(bind(), this::reach, seconds(2), seconds(4)));
        final int offered = (int) (1.1 * RATE_MBIT * MEGA / BITS / FULL_BYTES);
        print(
                "udp.mbit",
                Datagrams.send(bind(), this::reach, 4 * offered, FULL_BYTES, offered)
                        .payloadMbit());
    }

    private void reno() {
        link.tcp(route("reno"));
        for (final RenoPoint point : RENO_POINTS) {
            link.apply(Impairment.parse("delay=10ms:up.loss=" + point.lossPercent() + "%:seed=7"));
            print(
                    LOSS + point.lossPercent(),
                    ByteStream.meanGoodputMbit(bind(), this::reach, seconds(3), seconds(point.seconds()), RENO_FLOWS));
        }
    }

    private void print(final String name, final double value) {
        out.println(String.format(Locale.ROOT, "%s %.6f", name, value));
        out.flush();
    }

    private InetSocketAddress bind() {
        return HostPort.parse(link.serverBind()).resolve();
    }

    private InetSocketAddress reach(final InetSocketAddress listening) {
        return ((HostPort) link.reach(new HostPort(listening.getAddress().getHostAddress(), listening.getPort())))
                .resolve();
    }

    private static TcpRoute route(final String congestion) {
        return TcpRoute.of(congestion, Duration.ofMillis(200), false);
    }

    private static long seconds(final int count) {
        return TimeUnit.SECONDS.toNanos(count);
    }

    private static double median(final long[] values) {
        final long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Of this network namespace, in which nobody else sends. */
    private static long retransmitted() {
        return NetworkFiles.snmp("Tcp", "RetransSegs");
    }
}
