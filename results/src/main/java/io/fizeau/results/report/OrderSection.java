package io.fizeau.results.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fizeau.results.run.ForkEntry;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What ran in which order, and what failed: a square for each fork, which names its row, and a line for each round. Stateless. */
final class OrderSection {
    private OrderSection() {}

    static void write(final PageBuilder page, final Run run) {
        final List<ForkEntry> forks = run.rows().stream()
                .flatMap(row -> row.forks().stream())
                .map(ForkResult::entry)
                .sorted(Comparator.comparingInt(ForkEntry::index))
                .toList();
        final Map<Integer, List<ForkEntry>> rounds = new TreeMap<>();
        forks.forEach(fork ->
                rounds.computeIfAbsent(fork.round(), round -> new ArrayList<>()).add(fork));
        final long failed = forks.stream().filter(fork -> !fork.ok()).count();
        page.paragraph(forks.size() + " forks in " + rounds.size() + (rounds.size() == 1 ? " round" : " rounds")
                + ", from left to right in the order run; " + (failed == 0 ? "none failed." : failed + " failed (x)."));
        final Map<String, Integer> rows = new LinkedHashMap<>();
        forks.forEach(fork -> rows.putIfAbsent(label(fork), rows.size()));
        page.raw("<div class=\"rounds\" data-rows=\""
                + Html.escape(kinds(forks, rows).toString()) + "\">\n");
        // The steps of a sweep are no rounds: which rate comes next follows from the one before.
        if (run.manifest().sweep().isPresent() || rounds.size() == forks.size()) {
            line(page, "all", forks, rows);
        } else {
            rounds.forEach((round, entries) -> line(page, "round " + (round + 1), entries, rows));
        }
        page.raw("</div>\n");
        keys(page, forks);
        if (failed > 0) {
            page.table(
                    List.of("order", "round", "row", "why it failed"),
                    forks.stream()
                            .filter(fork -> !fork.ok())
                            .map(OrderSection::cells)
                            .toList());
        }
    }

    /** For each kind of fork what its square says and its colour. */
    private static ArrayNode kinds(final List<ForkEntry> forks, final Map<String, Integer> rows) {
        final Map<String, String> colours = new HashMap<>();
        forks.forEach(fork -> colours.putIfAbsent(label(fork), Colours.of(colourName(fork))));
        final ArrayNode kinds = JsonNodeFactory.instance.arrayNode();
        rows.keySet().forEach(label -> kinds.addArray().add(label).add(colours.get(label)));
        return kinds;
    }

    /** The page's script makes squares of it: of thousands of forks their markup would be most of the page. */
    private static void line(
            final PageBuilder page, final String name, final List<ForkEntry> forks, final Map<String, Integer> rows) {
        page.raw("<div data-forks=\""
                + forks.stream()
                        .map(fork -> fork.index() + ":" + rows.get(label(fork)) + (fork.ok() ? "" : "x"))
                        .collect(Collectors.joining(" "))
                + "\"><span>" + name + "</span></div>\n");
    }

    private static void keys(final PageBuilder page, final List<ForkEntry> forks) {
        final Map<String, String> keys = new LinkedHashMap<>();
        forks.forEach(fork -> keys.putIfAbsent(colourName(fork), Colours.of(colourName(fork))));
        page.raw("<p class=\"keys\">");
        keys.forEach((name, colour) ->
                page.raw("<span><i style=\"background:" + colour + "\"></i>" + Html.escape(name) + "</span> "));
        page.raw("</p>\n");
    }

    /** The transport without its options, which share its colour; the benchmark where there is no transport. */
    private static String colourName(final ForkEntry fork) {
        final String spec = fork.key().param("transport");
        return spec.isEmpty() ? fork.key().simpleName() : spec.replaceFirst("[?+].*", "");
    }

    private static List<String> cells(final ForkEntry fork) {
        return List.of(
                "" + fork.index(),
                "" + (fork.round() + 1),
                label(fork),
                fork.reason().isEmpty() ? "no reason given" : fork.reason());
    }

    /** What told rows apart is enough here. */
    private static String label(final ForkEntry fork) {
        final StringBuilder label = new StringBuilder(fork.key().simpleName());
        for (final String name : List.of("transport", "messageBytes", "rate", "sends", "impair", "congestion")) {
            final String value = fork.key().param(name);
            if (!value.isEmpty() && !value.equals("none") && !value.equals("host")) {
                label.append(' ').append(name.equals("transport") ? value : name + '=' + value);
            }
        }
        return label.toString();
    }
}
