package io.fizeau.results.table;

import io.fizeau.results.metric.ForkMetrics;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.TransportEntry;
import io.fizeau.results.stats.Summary;
import io.fizeau.results.validity.Validity;
import io.fizeau.results.validity.ValidityRule;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Makes the lines of a run that were measured over a bad link. Stateless. */
final class LinkLines {
    private static final double NS_PER_MS = 1e6;
    private static final String HOST = "host";
    private static final String CLOSED = ".closed";
    private static final String HIT = "hit.estimated:";
    private static final String THEORY = "theory:";
    /** The formula that fits best comes first: what later packets show is repaired sooner than what only a timer does. */
    private static final List<String> EXTRA = List.of("extra.sack", "extra.nak", "extra.rto", "extra.tail");

    private LinkLines() {}

    /** {@return what a row asked of its transport over a link; empty if it is of another suite} */
    static Optional<LinkLine.Kind> kind(final Row row) {
        final String name = row.key().simpleName();
        if (name.startsWith("LossRecoveryBenchmark")) {
            return Optional.of(LinkLine.Kind.RECOVERY);
        }
        if (name.startsWith("GoodputBenchmark")) {
            return Optional.of(LinkLine.Kind.GOODPUT);
        }
        return name.startsWith("BlackoutBenchmark") ? Optional.of(LinkLine.Kind.BLACKOUT) : Optional.empty();
    }

    static List<LinkLine> of(final Run run, final List<ValidityRule> rules) {
        final List<String> order =
                run.manifest().transports().stream().map(TransportEntry::spec).toList();
        return run.rows().stream()
                .filter(row -> kind(row).isPresent())
                .map(row -> line(run, row, rules))
                .sorted(Comparator.comparing(LinkLine::kind)
                        .thenComparing(LinkLine::loop, Comparator.reverseOrder())
                        .thenComparing(LinkLine::impairment, LinkLines::byNumbers)
                        .thenComparingInt(line -> order.indexOf(line.spec()))
                        .thenComparing(LinkLine::tcp))
                .toList();
    }

    private static LinkLine line(final Run run, final Row row, final List<ValidityRule> rules) {
        final LinkLine.Kind kind = kind(row).orElseThrow();
        final boolean isClosed = row.key().benchmark().endsWith(CLOSED);
        final Validity validity = Validity.of(run, row, rules);
        final String formula = formula(kind, row);
        final Map<String, Summary> figures = switch (kind) {
            case RECOVERY -> recovery(row, isClosed ? "service" : "response", formula);
            case GOODPUT -> goodput(row, formula);
            case BLACKOUT -> blackout(row);
        };
        return new LinkLine(
                kind,
                row.key(),
                row.key().param("transport"),
                kind == LinkLine.Kind.RECOVERY ? (isClosed ? "closed" : "open") : "",
                row.key().param("impair"),
                tcp(row.key()),
                figures,
                formula.replaceFirst("^extra\\.", ""),
                validity.reasons(),
                validity.remarks());
    }

    private static Map<String, Summary> recovery(final Row row, final String latency, final String formula) {
        final Map<String, Summary> figures = new LinkedHashMap<>();
        figures.put(LinkLine.P50, over(row, fork -> ForkMetrics.merged(fork, latency + ":p50")));
        figures.put(LinkLine.P99, over(row, fork -> ForkMetrics.merged(fork, latency + ":p99")));
        figures.put(LinkLine.MAX, over(row, fork -> ForkMetrics.merged(fork, latency + ":max")));
        figures.put(LinkLine.HIT_SHARE, over(row, fork -> ForkMetrics.secondary(fork, HIT + "share")));
        figures.put(LinkLine.HIT_P50, over(row, LinkLines::hitNs));
        figures.put(LinkLine.HIT_P99, over(row, fork -> ForkMetrics.merged(fork, HIT + "p99")));
        figures.put(LinkLine.RESENT, over(row, LinkLines::resent));
        figures.put(LinkLine.THEORY, over(row, fork -> theory(fork, formula) * NS_PER_MS));
        figures.put(LinkLine.OVER_THEORY, over(row, fork -> hitNs(fork) / (theory(fork, formula) * NS_PER_MS)));
        return figures;
    }

    private static Map<String, Summary> goodput(final Row row, final String formula) {
        final Map<String, Summary> figures = new LinkedHashMap<>();
        final ToDoubleFunction<ForkResult> goodput = fork -> ForkMetrics.secondary(fork, "goodput");
        figures.put(LinkLine.GOODPUT, over(row, goodput));
        figures.put(LinkLine.WIRE, over(row, fork -> ForkMetrics.secondary(fork, "wire:perPayloadByte")));
        figures.put(LinkLine.RESENT, over(row, fork -> ForkMetrics.count(fork, "goodput:retransmissions")));
        figures.put(LinkLine.SPURIOUS, over(row, fork -> ForkMetrics.count(fork, "goodput:spurious")));
        figures.put(LinkLine.THEORY, over(row, fork -> theory(fork, formula)));
        figures.put(LinkLine.OVER_THEORY, over(row, fork -> goodput.applyAsDouble(fork) / theory(fork, formula)));
        return figures;
    }

    private static Map<String, Summary> blackout(final Row row) {
        final Map<String, Summary> figures = new LinkedHashMap<>();
        figures.put(LinkLine.FIRST, over(row, fork -> ForkMetrics.secondary(fork, "blackout:first") * NS_PER_MS));
        figures.put(
                LinkLine.RECOVERED, over(row, fork -> ForkMetrics.secondary(fork, "blackout:recovered") * NS_PER_MS));
        figures.put(LinkLine.RESENT, over(row, LinkLines::resent));
        return figures;
    }

    private static double hitNs(final ForkResult fork) {
        return ForkMetrics.merged(fork, HIT + "p50");
    }

    /** By TCP, by the media drivers or by the nodes of both ends; NaN if none tells. */
    private static double resent(final ForkResult fork) {
        if (fork.secondary("tcp:RetransSegs").isPresent()) {
            return ForkMetrics.count(fork, "tcp:RetransSegs");
        }
        if (fork.secondary("datagrams.client:resent").isPresent()) {
            return ForkMetrics.count(fork, "datagrams.client:resent")
                    + ForkMetrics.count(fork, "datagrams.server:resent");
        }
        return fork.secondary("aeron.client:retransmits").isPresent()
                ? ForkMetrics.count(fork, "aeron.client:retransmits")
                        + ForkMetrics.count(fork, "aeron.server:retransmits")
                : Double.NaN;
    }

    private static double theory(final ForkResult fork, final String formula) {
        return formula.isEmpty() ? Double.NaN : ForkMetrics.secondary(fork, THEORY + formula);
    }

    /** Which formula describes a row: the one of its own congestion control, or of the repair that comes first. */
    private static String formula(final LinkLine.Kind kind, final Row row) {
        final List<String> candidates = switch (kind) {
            case RECOVERY -> EXTRA;
            case GOODPUT ->
                switch (row.key().param("congestion")) {
                    case "reno" -> List.of("pftk", "mathis");
                    case "cubic" -> List.of("cubic");
                    default -> List.of();
                };
            case BLACKOUT -> List.of();
        };
        return candidates.stream()
                .filter(formula -> row.okForks().stream()
                        .anyMatch(fork -> fork.secondary(THEORY + formula).isPresent()))
                .findFirst()
                .orElse("");
    }

    private static String tcp(final RowKey key) {
        final String congestion = key.params().getOrDefault("congestion", HOST);
        final String rtoMin = key.params().getOrDefault("rtoMin", HOST);
        if (congestion.equals(HOST) && rtoMin.equals(HOST)) {
            return "";
        }
        return (congestion.equals(HOST) ? "" : congestion + ' ') + (rtoMin.equals(HOST) ? "" : rtoMin);
    }

    private static Summary over(final Row row, final ToDoubleFunction<ForkResult> metric) {
        return ForkMetrics.over(row, metric);
    }

    /** 0.1% before 1% before 20%: as the numbers in the text, then as the text. */
    static int byNumbers(final String a, final String b) {
        final String[] left = a.split("(?<=\\D)(?=\\d)|(?<=[\\d.])(?=[^\\d.])", -1);
        final String[] right = b.split("(?<=\\D)(?=\\d)|(?<=[\\d.])(?=[^\\d.])", -1);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            final int order = left[i].matches("\\d+(\\.\\d+)?") && right[i].matches("\\d+(\\.\\d+)?")
                    ? Double.compare(Double.parseDouble(left[i]), Double.parseDouble(right[i]))
                    : left[i].compareTo(right[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }
}
