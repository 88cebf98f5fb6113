package io.fizeau.results.choose;

import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.TransportEntry;
import io.fizeau.results.table.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Takes what each run says about a user's needs, and ranks the transports when all have been read. One thread. */
public final class Choosing {
    private static final String HOST = "host";
    private static final String TRANSPORT = "transport";

    private final Needs needs;
    private final Map<String, Known> transports = new LinkedHashMap<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<String> used = new ArrayList<>();
    private final Set<String> machines = new TreeSet<>();
    private final Set<String> plugins = new TreeSet<>();

    /**
     * Begins.
     *
     * @param needs of the user.
     */
    public Choosing(final Needs needs) {
        this.needs = needs;
    }

    /**
     * Takes a run. What has no manifest promises nothing and is not taken.
     *
     * @param run any run.
     * @return whether it was taken.
     */
    public boolean add(final Run run) {
        if (!run.hasManifest()) {
            return false;
        }
        final Manifest manifest = run.manifest();
        used.add(String.valueOf(run.location().getFileName()));
        machines.add(Machines.text(manifest));
        for (final TransportEntry entry : manifest.transports()) {
            if (entry.competes()) {
                transports.merge(
                        entry.spec(),
                        new Known(manifest.startedAt(), entry),
                        (a, b) -> a.startedAt.compareTo(b.startedAt) >= 0 ? a : b);
            }
        }
        for (final Row row : run.rows()) {
            RowReading.of(run, row, needs).ifPresent(evidence::add);
        }
        final List<String> command = manifest.commandLine();
        for (int i = 0; i + 1 < command.size(); i++) {
            if (command.get(i).equals("--plugin")) {
                plugins.add(command.get(i + 1));
            }
        }
        return true;
    }

    /** {@return the answer from the runs so far} */
    public Choice choice() {
        final List<Candidate> candidates = new ArrayList<>();
        for (final Known known : transports.values()) {
            final List<Evidence> ofSpec = evidence.stream()
                    .filter(e -> e.row().param(TRANSPORT).equals(known.entry.spec()))
                    .toList();
            for (final String variant : variants(ofSpec)) {
                candidates.add(candidate(
                        known.entry,
                        variant,
                        ofSpec.stream()
                                .filter(e -> variant(e.row()).equals(variant))
                                .toList()));
            }
        }
        candidates.sort(Comparator.comparing(Candidate::verdict)
                .thenComparing(Candidate::headroom, Choosing::moreFirst)
                .thenComparing(Candidate::rateHeadroom, Choosing::moreFirst)
                .thenComparing(Candidate::title));
        return new Choice(
                needs,
                machines.size() == 1 ? machines.iterator().next() : machines.size() + " machines",
                candidates,
                used,
                new NextRun(needs, plugins).command(candidates));
    }

    private Candidate candidate(final TransportEntry entry, final String variant, final List<Evidence> rows) {
        final String regime = entry.blocking() ? "blocking" : "spinning";
        final Optional<String> never = whyNever(entry);
        if (never.isPresent()) {
            return new Candidate(
                    entry.spec(),
                    variant,
                    regime,
                    ChoiceVerdict.FAILS,
                    Optional.empty(),
                    Double.NaN,
                    never.get(),
                    List.of());
        }
        final Ruling ruling = Judge.rule(needs, rows);
        final List<String> notes = new ArrayList<>(ruling.notes());
        ruling.evidence()
                .filter(e -> e.lostShare() > 0 && !entry.guarantees().contains("reliable"))
                .ifPresent(e -> notes.add(
                        "lost " + Figures.percent(e.lostShare()) + " of the messages, and does not promise otherwise"));
        return new Candidate(
                entry.spec(),
                variant,
                regime,
                ruling.verdict(),
                ruling.evidence(),
                ruling.meets() ? rateHeadroom(rows, ruling) : Double.NaN,
                ruling.meets() ? "" : ruling.why(),
                notes);
    }

    /** What no measurement changes. */
    private Optional<String> whyNever(final TransportEntry entry) {
        final List<String> lacking = needs.guarantees().stream()
                .filter(guarantee -> !entry.guarantees().contains(guarantee))
                .toList();
        if (!lacking.isEmpty()) {
            return Optional.of("lacks " + String.join(", ", lacking));
        }
        if (entry.maxMessageBytes() > 0 && entry.maxMessageBytes() < needs.sizeBytes()) {
            return Optional.of("its longest message is " + entry.maxMessageBytes() + " B");
        }
        return entry.available() ? Optional.empty() : Optional.of("cannot run here: " + entry.reason());
    }

    /** The highest rate at the size that decided, over such a link or a worse one. */
    private double rateHeadroom(final List<Evidence> rows, final Ruling ruling) {
        if (needs.ratePerSecond().isEmpty()) {
            return Double.NaN;
        }
        final int sizeBytes = ruling.evidence().orElseThrow().sizeBytes();
        final OptionalDouble most = rows.stream()
                .filter(e -> e.meets()
                        && e.sizeBytes() == sizeBytes
                        && (e.link() == LinkMatch.SAME || e.link() == LinkMatch.WORSE))
                .mapToDouble(Evidence::ratePerSecond)
                .filter(rate -> !Double.isNaN(rate))
                .max();
        return most.orElse(Double.NaN) / needs.ratePerSecond().getAsDouble() - 1;
    }

    /** Rows over a link pin a TCP; where there are such, the host's own TCP without a link is no candidate beside them. */
    private Set<String> variants(final List<Evidence> rows) {
        final Set<String> all = rows.stream()
                .filter(e -> e.link() == LinkMatch.SAME || e.link() == LinkMatch.WORSE)
                .map(e -> variant(e.row()))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!needs.isImpaired()) {
            all.removeIf(variant -> !variant.isEmpty());
        }
        return all.isEmpty() ? Set.of("") : all;
    }

    private static String variant(final RowKey row) {
        final String congestion = row.params().getOrDefault("congestion", HOST);
        final String floor = row.params().getOrDefault("rtoMin", HOST);
        return ((congestion.equals(HOST) ? "" : congestion) + (floor.equals(HOST) ? "" : ' ' + floor)).strip();
    }

    private static int moreFirst(final Double one, final Double other) {
        return Double.compare(key(other), key(one));
    }

    /** What has no such figure comes last. */
    private static double key(final double share) {
        return Double.isNaN(share) ? Double.NEGATIVE_INFINITY : share;
    }

    private record Known(String startedAt, TransportEntry entry) {}
}
