package io.fizeau.results.choose;

import io.fizeau.results.csv.Csv;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The answer for a notebook: a line for each transport and limit, or one without limits. Stateless. */
final class ChoiceCsv {
    private static final List<String> HEADER = List.of(
            "transport",
            "variant",
            "regime",
            "verdict",
            "why",
            "notes",
            "run",
            "benchmark",
            "message_bytes",
            "rate",
            "impair",
            "forks",
            "limit",
            "limit_ns",
            "median_ns",
            "low_ns",
            "high_ns",
            "worst_ns",
            "forks_within",
            "forks_beyond",
            "forks_unknown",
            "headroom",
            "rate_headroom");

    private ChoiceCsv() {}

    static String render(final Choice choice) {
        final List<List<String>> lines = new ArrayList<>(List.of(HEADER));
        for (final Candidate candidate : choice.candidates()) {
            final List<LimitReading> readings =
                    candidate.evidence().map(Evidence::readings).orElse(List.of());
            if (readings.isEmpty()) {
                lines.add(line(candidate, Optional.empty()));
            }
            readings.forEach(reading -> lines.add(line(candidate, Optional.of(reading))));
        }
        return Csv.lines(lines);
    }

    private static List<String> line(final Candidate candidate, final Optional<LimitReading> reading) {
        final List<String> cells = new ArrayList<>(List.of(
                candidate.spec(),
                candidate.variant(),
                candidate.regime(),
                candidate.verdict().name(),
                candidate.why(),
                String.join("; ", candidate.notes())));
        cells.addAll(candidate
                .evidence()
                .map(e -> List.of(
                        e.run(),
                        e.row().simpleName(),
                        Integer.toString(e.sizeBytes()),
                        Csv.number(e.ratePerSecond()),
                        e.linkText(),
                        Integer.toString(e.forks())))
                .orElse(List.of("", "", "", "", "", "")));
        cells.addAll(reading.map(r -> List.of(
                        r.limit().point(),
                        Csv.number(r.limit().limitNs()),
                        Csv.number(r.value().median()),
                        Csv.number(r.value().min()),
                        Csv.number(r.value().max()),
                        Csv.number(r.worstNs()),
                        Integer.toString(r.within()),
                        Integer.toString(r.beyond()),
                        Integer.toString(r.unknown()),
                        Csv.number(r.headroom())))
                .orElse(List.of("", "", "", "", "", "", "", "", "", "")));
        cells.add(Csv.number(candidate.rateHeadroom()));
        return cells;
    }
}
