package io.fizeau.bench.story;

import io.fizeau.transports.datagram.trace.Trace;
import io.fizeau.transports.datagram.trace.TraceHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The traces of a connection's two ends, of which one may be missing. Immutable.
 *
 * @param fork the fork it was of: its place in the order run; empty if it is not known.
 * @param client the trace of the end that connected.
 * @param server the trace of the end that accepted.
 */
public record TracedConnection(String fork, Optional<Trace> client, Optional<Trace> server) {
    /** Who sends. */
    public enum End {
        /** The one that connected. */
        CLIENT,
        /** The one that accepted. */
        SERVER
    }

    /**
     * The messages of one direction.
     *
     * @param from who sends them.
     * @return the way, or empty if that end has left no trace.
     */
    public Optional<TracedWay> way(final End from) {
        return from == End.CLIENT
                ? client.map(trace -> TracedWay.of(trace, server))
                : server.map(trace -> TracedWay.of(trace, client));
    }

    /**
     * What it is.
     *
     * @return transport, processes and fork.
     */
    public String name() {
        final TraceHeader header = any().header();
        return header.transport()
                + String.format(Locale.ROOT, ", connection %016x", header.connectionId())
                + (fork.isEmpty() ? "" : ", fork " + fork)
                + client.map(trace -> ", client in process " + trace.header().pid())
                        .orElse("")
                + server.map(trace -> ", server in process " + trace.header().pid())
                        .orElse("");
    }

    /**
     * What a reader has to know before believing it.
     *
     * @return sentences; empty if all is well.
     */
    public List<String> remarks() {
        final List<String> remarks = new ArrayList<>();
        if (client.isEmpty() || server.isEmpty()) {
            remarks.add("only the " + (client.isPresent() ? "client" : "server")
                    + " has left a trace: what happened at the other end is not known");
        } else if (!TracedWay.isSameClock(client.get(), server.get())) {
            remarks.add("the ends ran on different hosts or boots, so their times are not comparable:"
                    + " each end's are counted from its own first step");
        }
        if (client.isPresent()
                && server.isPresent()
                && !(TracedWay.isNumbered(client.get()) && TracedWay.isNumbered(server.get()))) {
            remarks.add("datagrams of " + any().header().transport()
                    + " carry no numbers: what came cannot be laid beside what was sent");
        }
        client.ifPresent(trace -> addNotKept(remarks, "client", trace));
        server.ifPresent(trace -> addNotKept(remarks, "server", trace));
        return remarks;
    }

    private static void addNotKept(final List<String> remarks, final String end, final Trace trace) {
        if (trace.notKept() > 0) {
            remarks.add("the " + end + "'s trace was full after " + trace.size() + " records; " + trace.notKept()
                    + " later ones were not kept");
        }
    }

    private Trace any() {
        return client.or(() -> server).orElseThrow();
    }

    /** When it began. */
    long beganNs() {
        final Trace trace = any();
        return trace.size() == 0 ? Long.MAX_VALUE : trace.nowNs(0);
    }
}
