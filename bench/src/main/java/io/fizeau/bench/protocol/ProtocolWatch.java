package io.fizeau.bench.protocol;

import io.fizeau.bench.jmh.Figure;
import io.fizeau.bench.underlay.Underlay;
import io.fizeau.core.host.HostFiles;
import io.fizeau.transports.datagram.node.CountsDatagrams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What the protocol under a transport did between two moments, as rows: {@code tcp:RetransSegs} and the like and
 * {@code tcpinfo.client:rtt} and the like over the kernel's TCP, {@code aeron.client:naksSent} and the like over Aeron,
 * {@code datagrams.client:resent} and the like over our own protocols,
 * {@code wire:bytes} for any. What this platform lacks makes no row; {@link #notes()} says why. Used by one thread.
 */
public final class ProtocolWatch {
    private static final String LOOPBACK = "lo";
    private static final CounterSet NOTHING = CounterSet.unavailable("this end counts nothing by itself");

    private final HostFiles files;
    private final Ends ends;
    private CounterSet tcp = CounterSet.unavailable("nobody has begun");
    private CounterSet devices = tcp;
    private CounterSet client = tcp;
    private CounterSet server = tcp;
    private double clientRetransmissions;
    private double serverRetransmissions;

    /**
     * Whose protocol is watched.
     *
     * @param kind what lies under the transport.
     * @param listening where the server listens, {@code host:port}.
     * @param reached where the client has connected to, {@code host:port}; the same without a link.
     * @param clientPid the client's process.
     * @param serverPid the server's, or empty if it is not ours.
     * @param hasLink whether both are in the network namespace of a link, in which nothing else is.
     * @param serverDatagrams asks the server's process what its nodes counted of datagrams; nothing if it is not one of its own.
     */
    public record Ends(
            Underlay kind,
            String listening,
            String reached,
            long clientPid,
            OptionalLong serverPid,
            boolean hasLink,
            Supplier<Map<String, Long>> serverDatagrams) {}

    /**
     * Creates a watch.
     *
     * @param files the host's.
     * @param ends whose protocol.
     */
    public ProtocolWatch(final HostFiles files, final Ends ends) {
        this.files = files;
        this.ends = ends;
    }

    /**
     * What lies under the transport.
     *
     * @return the kind.
     */
    public Underlay kind() {
        return ends.kind;
    }

    /** Notes where the counters are. Takes some milliseconds. */
    public void begin() {
        if (ends.kind == Underlay.TCP) {
            final SocketTable table = SocketTable.read();
            clientRetransmissions =
                    client(table).map(TcpConnection::retransmissions).orElse(0.0);
            serverRetransmissions =
                    server(table).map(TcpConnection::retransmissions).orElse(0.0);
        }
        client = here();
        server = there();
        devices = NetworkDevices.sentBytes(files);
        tcp = KernelTcp.read(files);
    }

    /**
     * What was done since {@link #begin()}. Takes some milliseconds.
     *
     * @return the counts.
     */
    public ProtocolCounts end() {
        final CounterSet tcpNow = KernelTcp.read(files).since(tcp);
        final CounterSet sent = NetworkDevices.sentBytes(files).since(devices);
        final List<Figure> rows = new ArrayList<>();
        double retransmissions = Double.NaN;
        double spurious = Double.NaN;
        double mssBytes = Double.NaN;
        if (ends.kind == Underlay.TCP) {
            tcpNow.values().forEach((name, value) -> rows.add(Figure.count("tcp:" + name, (double) value)));
            final SocketTable table = SocketTable.read();
            client(table).ifPresent(connection -> add(rows, "tcpinfo.client:", connection, clientRetransmissions));
            server(table).ifPresent(connection -> add(rows, "tcpinfo.server:", connection, serverRetransmissions));
            retransmissions = tcpNow.values().getOrDefault("RetransSegs", -1L);
            spurious = tcpNow.values().getOrDefault(KernelTcp.SPURIOUS, -1L);
            mssBytes = client(table)
                    .map(TcpConnection::mssBytes)
                    .orElse(OptionalDouble.empty())
                    .orElse(Double.NaN);
        } else {
            final CounterSet here = here().since(client);
            final CounterSet there = there().since(server);
            final String label = ends.kind.name().toLowerCase(Locale.ROOT);
            here.values().forEach((name, value) -> rows.add(Figure.count(label + ".client:" + name, (double) value)));
            there.values().forEach((name, value) -> rows.add(Figure.count(label + ".server:" + name, (double) value)));
            if (ends.kind == Underlay.AERON && here.isKnown()) {
                retransmissions = sum(here, there, "retransmits");
            } else if (ends.kind == Underlay.DATAGRAMS && here.isKnown() && there.isKnown()) {
                retransmissions = sum(here, there, "resent");
                spurious = sum(here, there, "spurious");
            }
        }
        final double wireBytes = wireBytes(sent);
        rows.add(Figure.count("wire:bytes", wireBytes));
        return new ProtocolCounts(rows, known(retransmissions), known(spurious), wireBytes, mssBytes);
    }

    /**
     * What is known of the connection now, and why the rest is not. Takes some milliseconds.
     *
     * @return name to text.
     */
    public Map<String, String> notes() {
        final Map<String, String> notes = new LinkedHashMap<>();
        final CounterSet counted = KernelTcp.read(files);
        switch (ends.kind) {
            case TCP -> {
                notes.put("protocolCounters", counted.isKnown() ? KernelTcp.SNMP : counted.reason());
                final SocketTable table = SocketTable.read();
                final Optional<TcpConnection> here = client(table);
                final String otherwise = table.reason().isEmpty()
                        ? HostFiles.UNAVAILABLE + "ss shows no connection to " + ends.reached
                        : table.reason();
                notes.put("tcpCongestion", here.map(TcpConnection::congestion).orElse(otherwise));
                notes.put(
                        "tcpCongestionServer",
                        server(table).map(TcpConnection::congestion).orElse(otherwise));
                notes.put(
                        "tcpMss",
                        here.map(c -> c.fields().getOrDefault("mss", "")).orElse(otherwise));
                notes.put(
                        "tcpRto",
                        here.map(c -> c.fields().getOrDefault("rto", "")).orElse(otherwise));
            }
            case AERON -> {
                notes.put("protocolCounters", reason(here(), "the client's driver"));
                notes.put("protocolCountersServer", reason(there(), "the server's driver"));
            }
            case DATAGRAMS -> {
                notes.put("protocolCounters", reason(here(), "the client's nodes"));
                notes.put("protocolCountersServer", reason(there(), "the server's nodes"));
            }
            case OTHER ->
                notes.put(
                        "protocolCounters",
                        HostFiles.UNAVAILABLE + "nothing here can ask what lies under this transport");
        }
        return notes;
    }

    private static double sum(final CounterSet here, final CounterSet there, final String name) {
        return here.values().getOrDefault(name, 0L) + there.values().getOrDefault(name, 0L);
    }

    /** What the client's end counts by itself; the kernel's TCP is asked by other means. */
    private CounterSet here() {
        return switch (ends.kind) {
            case AERON -> AeronDriver.read(ends.clientPid);
            case DATAGRAMS -> known(CountsDatagrams.ofThisProcess(), "this process has no node with datagrams");
            case TCP, OTHER -> NOTHING;
        };
    }

    private CounterSet there() {
        return switch (ends.kind) {
            case AERON ->
                ends.serverPid.isPresent()
                        ? AeronDriver.read(ends.serverPid.getAsLong())
                        : CounterSet.unavailable("the server was started elsewhere");
            case DATAGRAMS ->
                known(ends.serverDatagrams.get(), "the server has no process of its own here that can be asked");
            case TCP, OTHER -> NOTHING;
        };
    }

    private static CounterSet known(final Map<String, Long> counters, final String otherwise) {
        return counters.isEmpty() ? CounterSet.unavailable(otherwise) : CounterSet.of(counters);
    }

    private static String reason(final CounterSet counters, final String otherwise) {
        return counters.isKnown() ? otherwise : counters.reason();
    }

    private static double known(final double value) {
        return value < 0 ? Double.NaN : value;
    }

    /**
     * Of a link its device: beside it nothing goes over a device of its namespace, and what the harness says to its children goes
     * through pipes. Where packets go over the loopback, by which they are sent twice where a proxy is between, that one.
     */
    private double wireBytes(final CounterSet sent) {
        if (!sent.isKnown()) {
            return Double.NaN;
        }
        if (ends.reached.startsWith("127.")) {
            return ends.reached.equals(ends.listening) ? sent.values().getOrDefault(LOOPBACK, 0L) : Double.NaN;
        }
        if (!ends.hasLink) {
            return Double.NaN;
        }
        final long overDevices = sent.values().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(LOOPBACK))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return overDevices;
    }

    private static void add(
            final List<Figure> rows, final String prefix, final TcpConnection connection, final double before) {
        rows.add(Figure.mean(prefix + "rtt", connection.rttMs().orElse(Double.NaN), "ms"));
        rows.add(Figure.mean(prefix + "rto", connection.rtoMs().orElse(Double.NaN), "ms"));
        rows.add(Figure.mean(prefix + "cwnd", connection.congestionWindow().orElse(Double.NaN), "segments"));
        rows.add(Figure.count(prefix + "retrans", Math.max(0, connection.retransmissions() - before)));
    }

    private Optional<TcpConnection> client(final SocketTable table) {
        return TcpConnection.to(table.connections(), host(ends.reached), port(ends.reached));
    }

    private Optional<TcpConnection> server(final SocketTable table) {
        return TcpConnection.from(table.connections(), host(ends.listening), port(ends.listening));
    }

    private static String host(final String address) {
        return address.substring(0, Math.max(0, address.lastIndexOf(':')))
                .replace("[", "")
                .replace("]", "");
    }

    private static int port(final String address) {
        final String text = address.substring(address.lastIndexOf(':') + 1);
        return text.chars().allMatch(Character::isDigit) && !text.isEmpty() ? Integer.parseInt(text) : -1;
    }
}
