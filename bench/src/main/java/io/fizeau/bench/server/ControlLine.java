package io.fizeau.bench.server;

import io.fizeau.core.host.JvmManifest;
import io.fizeau.core.host.ProcessMemory;
import io.fizeau.transports.datagram.node.CountsDatagrams;
import io.fizeau.transports.datagram.trace.NodeTraces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The child's end of the line between a benchmark and its server process: lines on standard output that start with a mark, so
 * that whatever a plug-in prints does no harm, and commands on standard input, whose end means that the parent is gone.
 */
public final class ControlLine {
    static final String MARK = "@fizeau ";
    static final String LISTENING = "listening ";
    static final String NOTE = "note ";
    static final String READY = "ready";
    static final String FAILED = "failed ";
    static final String STATS = "stats ";
    static final String ASK_STATS = "stats";
    static final String NOISE = "noise ";
    static final String ASK_NOISE_BEGIN = "noise-begin";
    static final String ASK_NOISE_END = "noise-end";
    static final String MANIFEST = "manifest ";
    static final String ASK_MANIFEST = "manifest";
    static final String COUNTERS = "counters ";
    static final String ASK_COUNTERS = "counters";
    static final String TRACES = "traces ";
    static final String ASK_TRACES = "traces";
    static final String MEMORY = "memory ";
    static final String ASK_MEMORY = "memory";

    private static final String HEAP = "heapBytes";
    private static final String OUTSIDE = "outsideBytes";

    private ControlLine() {}

    /**
     * Tells where the server listens, and answers until the input ends.
     *
     * @param server the running server.
     * @param in what the parent writes.
     * @param out what the parent reads.
     * @throws IOException if the line breaks.
     */
    public static void serve(final Server server, final InputStream in, final PrintStream out) throws IOException {
        say(out, LISTENING + server.address().text());
        server.notes().forEach((name, value) -> say(out, NOTE + name + '=' + value));
        say(out, READY);
        final ServerNoise noise = new ServerNoise();
        final BufferedReader commands = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            answer(command, server, noise, out);
        }
    }

    private static void answer(
            final String command, final Server server, final ServerNoise noise, final PrintStream out) {
        switch (command) {
            case ASK_STATS ->
                say(out, STATS + server.statistics().map(ServerStatistics::line).orElse(""));
            case ASK_NOISE_BEGIN -> {
                noise.begin();
                say(out, NOISE);
            }
            case ASK_NOISE_END -> say(out, NOISE + noise.end());
            case ASK_MANIFEST -> say(out, MANIFEST + JsonLine.of(JvmManifest.read()));
            case ASK_COUNTERS -> say(out, COUNTERS + text(CountsDatagrams.ofThisProcess()));
            case ASK_MEMORY -> say(out, MEMORY + text(ProcessMemory.afterCollection()));
            case ASK_TRACES -> say(out, TRACES + TraceFolder.leave(NodeTraces.ofThisProcess()));
            default -> {
                // A younger parent's question: it takes no answer for an answer.
            }
        }
    }

    private static String text(final ProcessMemory memory) {
        final Map<String, Long> figures = new LinkedHashMap<>();
        figures.put(HEAP, memory.heapBytes());
        memory.outsideBytes().ifPresent(bytes -> figures.put(OUTSIDE, bytes));
        return text(figures);
    }

    static Optional<ProcessMemory> parseMemory(final String line) {
        final Map<String, Long> figures = parseCounters(line);
        final Long heap = figures.get(HEAP);
        final Long outside = figures.get(OUTSIDE);
        return heap == null
                ? Optional.empty()
                : Optional.of(
                        new ProcessMemory(heap, outside == null ? OptionalLong.empty() : OptionalLong.of(outside)));
    }

    private static String text(final Map<String, Long> counters) {
        return counters.entrySet().stream()
                .map(entry -> entry.getKey() + '=' + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    static Map<String, Long> parseCounters(final String line) {
        final Map<String, Long> counters = new LinkedHashMap<>();
        for (final String pair : line.strip().split(" ", -1)) {
            final int equals = pair.indexOf('=');
            if (equals > 0) {
                counters.put(pair.substring(0, equals), Long.parseLong(pair.substring(equals + 1)));
            }
        }
        return counters;
    }

    /**
     * Tells the parent why there is no server.
     *
     * @param out what the parent reads.
     * @param reason one line.
     */
    public static void fail(final PrintStream out, final String reason) {
        say(out, FAILED + reason.replace('\n', ' '));
    }

    private static void say(final PrintStream out, final String text) {
        out.println(MARK + text);
        out.flush();
    }
}
