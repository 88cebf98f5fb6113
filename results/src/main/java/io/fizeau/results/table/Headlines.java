package io.fizeau.results.table;

import io.fizeau.results.compare.Comparison;
import io.fizeau.results.compare.Verdict;
import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.Run;
import io.fizeau.results.stats.DetectableEffect;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands above the table: which run, which machine, what the machine itself costs, what could be told apart. */
final class Headlines {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Cross-core traffic of a quiet guest varies by up to 1.5; beyond it the machine is in another state. */
    private static final double STATE_FACTOR = 1.5;

    private final RunTable table;
    private final Run run;
    private final Manifest manifest;

    Headlines(final RunTable table) {
        this.table = table;
        this.run = table.run();
        this.manifest = run.manifest();
    }

    /** The run in one line. */
    String title() {
        final String label = manifest.label().isEmpty() ? "(no label)" : manifest.label();
        if (!run.hasManifest()) {
            return incomplete(manifest.incompleteReason()) + label + ": JMH results without a manifest";
        }
        final Manifest.Rounds rounds = manifest.rounds();
        final String ofRounds = rounds.finished() + " of " + rounds(rounds.planned());
        final String reason = manifest.incompleteReason();
        return incomplete((reason.isEmpty() ? "" : reason + ", ") + ofRounds)
                + Stream.of(
                                manifest.topology().isEmpty() ? "topology unknown" : manifest.topology(),
                                manifest.profile().isEmpty() ? "" : "profile " + manifest.profile(),
                                manifest.complete() ? "complete, " + rounds(rounds.finished()) : "")
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", ", label + ": ", ""));
    }

    private static String rounds(final int count) {
        return count == 1 ? "1 round" : count + " rounds";
    }

    /** Stands before everything else: nobody should take the rest for a whole run. */
    private String incomplete(final String why) {
        return manifest.complete() ? "" : "*** INCOMPLETE: " + why + " *** ";
    }

    /** Short name to text, in the order to show; only what is known. */
    Map<String, String> lines() {
        final Map<String, String> lines = new LinkedHashMap<>();
        put(lines, "when", when(), build());
        put(lines, "machine", machine());
        put(lines, "floor", clock(), unixSocket(), harness());
        put(lines, "detects", detects());
        put(lines, "pilot", pilot());
        return lines;
    }

    private static void put(final Map<String, String> lines, final String name, final String... parts) {
        final String text = Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining("; "));
        if (!text.isEmpty()) {
            lines.put(name, text);
        }
    }

    private String when() {
        try {
            final Instant started = Instant.parse(manifest.startedAt());
            final String text = TIME.format(started);
            if (manifest.endedAt().isEmpty()) {
                return text;
            }
            final long seconds =
                    Duration.between(started, Instant.parse(manifest.endedAt())).toSeconds();
            return text + ", " + (seconds < 180 ? seconds + " s" : (seconds + 30) / 60 + " min");
        } catch (final DateTimeException ignored) {
            return manifest.startedAt();
        }
    }

    private String build() {
        final String version = known(manifest.build(), "version");
        final String commit = known(manifest.build(), "gitCommit");
        return Stream.of(
                        version.isEmpty() ? "" : "fizeau " + version,
                        commit.isEmpty()
                                ? ""
                                : "commit " + commit.substring(0, Math.min(10, commit.length()))
                                        + (known(manifest.build(), "gitDirty").equals("true") ? " (modified)" : ""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private String machine() {
        final String processors = known(manifest.host(), "availableProcessors");
        final String kernel = known(manifest.host(), "kernel").replaceFirst("^Linux version (\\S+).*$", "Linux $1");
        final String jdk = Stream.of(
                        Stream.of(known(manifest.jvm(), "javaVersion")),
                        run.rows().stream()
                                .flatMap(row -> row.forks().stream())
                                .flatMap(fork -> fork.result().stream())
                                .map(result -> result.jdkVersion()))
                .flatMap(versions -> versions)
                .filter(version -> !version.isEmpty())
                .findFirst()
                .orElse("");
        return Stream.of(
                        known(manifest.host(), "cpuModel"),
                        processors.isEmpty()
                                ? ""
                                : processors + (processors.equals("1") ? " processor" : " processors"),
                        kernel.lines().findFirst().orElse(""),
                        jdk.isEmpty() ? "" : "JDK " + jdk)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String known(final Map<String, String> facts, final String name) {
        final String value = facts.getOrDefault(name, "").strip();
        return value.startsWith("unavailable") ? "" : value;
    }

    private String clock() {
        final Manifest.Probes probes = manifest.probes();
        if (Double.isNaN(probes.clockCostNs())) {
            return "";
        }
        return "clock " + Figures.duration(probes.clockCostNs()) + " a reading"
                + (Double.isNaN(probes.clockTickNs()) ? "" : ", ticks in " + tick(probes.clockTickNs()));
    }

    private static String tick(final double ns) {
        return ns == Math.rint(ns) && ns < 1000 ? Math.round(ns) + " ns" : Figures.duration(ns);
    }

    private String unixSocket() {
        final double before = manifest.probes().unixSocketRttNsBefore();
        final double after = manifest.probes().unixSocketRttNsAfter();
        if (Double.isNaN(before) && Double.isNaN(after)) {
            final String why = manifest.probes().notes().getOrDefault("unixSocketRttNsBefore", "");
            return why.isEmpty() ? "" : "Unix socket not probed: " + why;
        }
        final double change = Math.max(before / after, after / before);
        return "Unix socket " + Figures.duration(before) + " before, " + Figures.duration(after) + " after"
                + (change > STATE_FACTOR ? " (the machine changed in between)" : "");
    }

    private String harness() {
        final boolean severalSizes = table.floors().size() > 1;
        final StringBuilder text = new StringBuilder();
        String spec = "";
        for (final TransportLine line : table.floors()) {
            if (line.p50Ns().isPresent() || !line.reasons().isEmpty()) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(line.spec().equals(spec) ? "" : line.spec() + " p50 ")
                        .append(Figures.duration(line.p50Ns().median()))
                        .append(severalSizes ? " (" + line.messageBytes() + " B)" : "")
                        .append(
                                line.reasons().isEmpty()
                                        ? ""
                                        : " INVALID: " + line.reasons().get(0));
                spec = line.spec();
            }
        }
        return text.toString();
    }

    /** The detectable effect of each comparison of valid rows; the smallest and the largest of them. */
    private String detects() {
        final List<TransportLine> compared = table.groups().stream()
                .flatMap(group -> group.lines().stream().filter(line -> isCompared(group, line)))
                .sorted(Comparator.comparingDouble(Headlines::effect))
                .toList();
        if (compared.isEmpty()) {
            return "";
        }
        final boolean severalSizes =
                compared.stream().map(TransportLine::messageBytes).distinct().count() > 1;
        final boolean tooFew = compared.stream()
                .flatMap(line -> line.comparison().stream())
                .anyMatch(c -> c.verdict() == Verdict.NO_VERDICT);
        return "a closed p50 that differs by " + effect(compared.get(0), severalSizes)
                + (compared.size() == 1 ? "" : " to " + effect(compared.get(compared.size() - 1), severalSizes))
                + String.format(Locale.ROOT, ", with power %.0f %%", DetectableEffect.POWER * 100)
                + (tooFew ? "; no verdict below " + Verdict.MIN_PAIRS + " rounds" : "");
    }

    private String pilot() {
        return manifest.pilot()
                .map(pilot -> (pilot.rounds() == 1 ? "1 round" : pilot.rounds() + " rounds") + " beforehand led to "
                        + pilot.chosen() + ", to detect " + Figures.percent(pilot.detect())
                        + (pilot.needed() > pilot.chosen()
                                ? "; that would take " + pilot.needed() + ", so many detect "
                                        + Figures.percent(pilot.detectable())
                                : ""))
                .orElse("");
    }

    private static boolean isCompared(final TransportGroup group, final TransportLine line) {
        final boolean validReference = group.lines().stream()
                .anyMatch(other -> other.spec().equals(group.reference())
                        && other.comparison()
                                .filter(c -> c.verdict() == Verdict.REFERENCE)
                                .isPresent());
        return validReference
                && Double.isFinite(effect(line))
                && line.comparison()
                        .filter(c -> c.verdict() != Verdict.REFERENCE && c.verdict() != Verdict.INVALID)
                        .isPresent();
    }

    private static double effect(final TransportLine line) {
        return line.comparison()
                .map(Comparison::ratio)
                .map(r -> r.detectableEffect())
                .orElse(Double.NaN);
    }

    private static String effect(final TransportLine line, final boolean withSize) {
        final double effect = effect(line);
        return (effect < 1 ? Figures.percent(effect) : "a factor of " + Figures.significant(1 + effect)) + " ("
                + line.spec() + (withSize ? ", " + line.messageBytes() + " B)" : ")");
    }
}
