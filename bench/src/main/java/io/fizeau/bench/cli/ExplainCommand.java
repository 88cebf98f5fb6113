package io.fizeau.bench.cli;

import io.fizeau.bench.settings.LaunchSettings;
import io.fizeau.bench.story.Step;
import io.fizeau.bench.story.Story;
import io.fizeau.bench.story.TracedConnection;
import io.fizeau.bench.story.TracedRun;
import io.fizeau.bench.story.TracedWay;
import io.fizeau.core.error.TransportException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What happened to single messages of a run. */
@Command(
        name = "explain",
        description = {
            "Tells what happened to one message of a run that was made with 'fizeau run --trace':",
            "when it was accepted, sent, lost, sent again, received and delivered. Without --message: which are worth it."
        },
        footer = {"", "Exit status: 0, or 2 for bad input, such as a run without traces."},
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExplainCommand implements Callable<Integer> {
    private static final double NS_PER_MS = 1e6;
    private static final int LISTED = 10;

    private final LaunchSettings settings;

    @Parameters(paramLabel = "RUN", description = "a run folder, or its name below results/runs")
    private Path run = Path.of("");

    @Option(
            names = "--message",
            paramLabel = "N",
            description = "the message's place on its connection, from 0, those of the set-up and of warm-up included")
    private @Nullable Long message;

    @Option(
            names = "--connection",
            paramLabel = "I",
            description = "which connection, as numbered without this option; needed where there are several")
    private @Nullable Integer connection;

    @Option(
            names = "--from",
            defaultValue = "client",
            paramLabel = "END",
            description = "client or server: who sent it; default: ${DEFAULT-VALUE}")
    private TracedConnection.End from = TracedConnection.End.CLIENT;

    ExplainCommand(final LaunchSettings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        final TracedRun traced = TracedRun.read(settings.runs(), run);
        final PrintStream out = settings.terminal().out();
        if (message == null) {
            list(out, traced);
        } else {
            tell(out, chosen(traced), message);
        }
        out.flush();
        return FizeauCommand.OK;
    }

    private TracedConnection chosen(final TracedRun traced) {
        final int count = traced.connections().size();
        if (connection == null && count > 1) {
            throw TransportException.badRequest("this run has traces of " + count
                    + " connections: choose one with --connection, 1 to " + count
                    + " (without --message they are listed)");
        }
        final int number = connection == null ? 1 : connection;
        if (number < 1 || number > count) {
            throw TransportException.badRequest(
                    "--connection " + number + " is not allowed: this run has traces of 1 to " + count);
        }
        return traced.connections().get(number - 1);
    }

    private void tell(final PrintStream out, final TracedConnection chosen, final long index) {
        final TracedWay way = chosen.way(from)
                .orElseThrow(() -> TransportException.badRequest(
                        "--from " + name(from) + ": that end has left no trace of " + chosen.name()));
        final List<TracedWay.Message> messages = way.messages();
        if (index < 0 || index >= messages.size()) {
            throw TransportException.badRequest("--message " + index + " is not allowed: the trace has "
                    + (messages.isEmpty() ? "no messages" : "0 to " + (messages.size() - 1)) + " from the "
                    + name(from));
        }
        final TracedWay.Message told = messages.get((int) index);
        final Story story = Story.of(way, told);
        out.printf("Message %d from the %s, %s%n%n", index, name(from), chosen.name());
        out.println("  since accepted          gap  end     what");
        long beforeNs = 0;
        for (final Step step : story.steps()) {
            out.printf(
                    Locale.ROOT,
                    "  %11.3f ms %9.3f ms  %-6s  %s%n",
                    step.ns() / NS_PER_MS,
                    (step.ns() - beforeNs) / NS_PER_MS,
                    step.end(),
                    step.text());
            beforeNs = step.ns();
        }
        out.println();
        out.println("It " + story.ending());
        chosen.remarks().forEach(remark -> out.println("Note: " + remark));
    }

    private void list(final PrintStream out, final TracedRun traced) {
        for (int i = 0; i < traced.connections().size(); i++) {
            final TracedConnection each = traced.connections().get(i);
            out.printf("Connection %d: %s%n", i + 1, each.name());
            each.remarks().forEach(remark -> out.println("  Note: " + remark));
            if (connection == null || connection == i + 1) {
                each.way(from).ifPresent(way -> list(out, way));
            }
        }
        out.println();
        out.println("One message's story: fizeau explain RUN --connection I --message N"
                + (from == TracedConnection.End.SERVER ? " --from server" : ""));
    }

    private void list(final PrintStream out, final TracedWay way) {
        final List<TracedWay.Message> hit =
                way.messages().stream().filter(way::isHit).toList();
        out.printf(
                "  %d messages from the %s, %d hit by a loss, %d datagrams dropped between the ends%n",
                way.messages().size(), name(from), hit.size(), way.droppedDatagrams());
        final List<TracedWay.Message> slowest = way.slowest(LISTED);
        if (!slowest.isEmpty()) {
            out.println("  slowest:   " + numbers(way, slowest));
        }
        if (!hit.isEmpty()) {
            out.println("  first hit: " + numbers(way, hit.subList(0, Math.min(LISTED, hit.size()))));
        }
    }

    private static String numbers(final TracedWay way, final List<TracedWay.Message> messages) {
        return String.join(
                ", ",
                messages.stream()
                        .map(each -> each.index()
                                + (way.tookNs(each).isPresent()
                                        ? String.format(
                                                Locale.ROOT,
                                                " (%.1f ms)",
                                                way.tookNs(each).getAsLong() / NS_PER_MS)
                                        : ""))
                        .toList());
    }

    private static String name(final TracedConnection.End end) {
        return end.name().toLowerCase(Locale.ROOT);
    }
}
