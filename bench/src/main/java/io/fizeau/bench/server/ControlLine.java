package io.fizeau.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

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
        final BufferedReader commands = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            if (command.equals(ASK_STATS)) {
                say(out, STATS + server.statistics().map(ServerStatistics::line).orElse(""));
            }
        }
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
