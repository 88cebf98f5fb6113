package io.fizeau.bench.progress;

import io.fizeau.bench.plan.PlannedFork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Plain medians over the forks so far, a line for each transport and side. Statistics are for {@code results}. Used by one thread at a time. */
final class MedianTable {
    private static final String TITLE = "median so far";
    private static final int MAX_TRANSPORT_COLUMNS = 34;

    private final Set<String> transports = new LinkedHashSet<>();
    private final Set<String> measures = new LinkedHashSet<>();
    private final Map<PlannedFork, List<Double>> values = new LinkedHashMap<>();
    private final Map<PlannedFork, String> units = new LinkedHashMap<>();
    private final Map<PlannedFork, Integer> failures = new LinkedHashMap<>();
    private final Map<String, Map<String, PlannedFork>> forks = new LinkedHashMap<>();

    MedianTable(final Collection<PlannedFork> all) {
        for (final PlannedFork fork : all) {
            transports.add(fork.transport());
            measures.add(fork.row().measure());
            forks.computeIfAbsent(fork.transport(), name -> new LinkedHashMap<>())
                    .put(fork.row().measure(), fork);
        }
    }

    void add(final PlannedFork fork, final double value, final String unit) {
        values.computeIfAbsent(fork, any -> new ArrayList<>()).add(value);
        units.put(fork, unit);
    }

    void addFailure(final PlannedFork fork) {
        failures.merge(fork, 1, Integer::sum);
    }

    /** The lines: a head, then one a transport and side; each cell the median and how many forks stand behind it. */
    List<String> lines() {
        final int first = Math.min(
                MAX_TRANSPORT_COLUMNS,
                Math.max(
                        TITLE.length(),
                        transports.stream().mapToInt(String::length).max().orElse(0)));
        final List<String> lines = new ArrayList<>();
        final StringBuilder head = new StringBuilder(pad(TITLE, first));
        measures.forEach(measure -> head.append("  ").append(padLeft(measure, width(measure))));
        lines.add(head.toString());
        for (final String transport : transports) {
            final StringBuilder line = new StringBuilder(pad(transport, first));
            for (final String measure : measures) {
                final PlannedFork fork = forks.getOrDefault(transport, Map.of()).get(measure);
                line.append("  ").append(padLeft(fork == null ? "" : cell(fork), width(measure)));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    static String format(final double value, final String unit) {
        return switch (unit) {
            case "ns/op" ->
                value < 1_000
                        ? round(value) + " ns"
                        : value < 10_000_000 ? round(value / 1_000) + " us" : round(value / 1_000_000) + " ms";
            case "ops/s" ->
                value < 10_000
                        ? round(value) + "/s"
                        : value < 10_000_000 ? round(value / 1_000) + " k/s" : round(value / 1_000_000) + " M/s";
            default -> round(value) + ' ' + unit;
        };
    }

    private String cell(final PlannedFork fork) {
        final List<Double> all = values.getOrDefault(fork, List.of());
        final int failed = failures.getOrDefault(fork, 0);
        final String failedText = failed == 0 ? "" : " !" + failed;
        if (all.isEmpty()) {
            return failed == 0 ? "..." : "FAILED" + failedText;
        }
        final List<Double> sorted = all.stream().sorted().toList();
        final int middle = sorted.size() / 2;
        final double median =
                sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return format(median, units.getOrDefault(fork, "")) + " (" + all.size() + failedText + ')';
    }

    private static String round(final double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%.0f", value);
    }

    private static int width(final String measure) {
        return Math.max(measure.length(), "1234.56 us (10 !1)".length());
    }

    private static String pad(final String text, final int width) {
        return text.length() >= width ? text.substring(0, width) : text + " ".repeat(width - text.length());
    }

    private static String padLeft(final String text, final int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
