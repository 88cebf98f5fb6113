package io.fizeau.results.aa;

import io.fizeau.results.compare.RunComparison;
import java.util.List;

/**
 * A machine beside itself.
 *
 * @param comparison what {@code fizeau compare} says of the two sides; here each IMPROVED and REGRESSED is false.
 * @param isSameBuild whether both sides were the same jar, as far as their manifests say.
 * @param rounds in how many both sides were measured.
 * @param rates one for each measure.
 * @param lines one for each measure of each valid row.
 * @param notes what a reader should know.
 */
public record AaReport(
        RunComparison comparison,
        boolean isSameBuild,
        int rounds,
        List<AaRate> rates,
        List<AaLine> lines,
        List<String> notes) {
    /** Copies the lists. */
    public AaReport {
        rates = List.copyOf(rates);
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
    }
}
