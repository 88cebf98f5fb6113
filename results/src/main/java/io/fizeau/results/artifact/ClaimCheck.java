package io.fizeau.results.artifact;

import io.fizeau.results.metric.Measure;
import io.fizeau.results.metric.Measures;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import io.fizeau.results.stats.PairedRatio;
import io.fizeau.results.validity.Validity;
import io.fizeau.results.validity.ValidityRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Holds the claims of the docs against the reference runs. A figure is the geometric mean over forks, a ratio that of the forks of
 * the same round, each with the 95 % interval of Student's t on logarithms ({@link PairedRatio}); a claim holds if all of the
 * interval is within its limits, and is broken if all of it is outside. Invalid rows prove nothing. One thread.
 */
final class ClaimCheck {
    private final Path home;
    private final ReferenceFolder reference;
    private final Map<String, Run> runs = new HashMap<>();

    ClaimCheck(final Path home) {
        this.home = home;
        this.reference = new ReferenceFolder(home);
    }

    List<ClaimResult> check(final List<Claim> claims) {
        final List<ClaimResult> results = new ArrayList<>();
        for (final Claim claim : claims) {
            try {
                results.add(check(claim));
            } catch (final ResultsException e) {
                results.add(cannotTell(claim, String.valueOf(e.getMessage()).replace(home + "/", "")));
            }
        }
        return results;
    }

    private ClaimResult check(final Claim claim) {
        if (!flat(page(claim)).contains(flat(claim.quote()))) {
            return broken(claim, "the page does not say it: mend page or claims");
        }
        if (claim.test().isEmpty()) {
            return new ClaimResult(claim, ClaimVerdict.RECORDED, Optional.empty(), claim.why());
        }
        final Claim.Test test = claim.test().get();
        if (!Files.exists(reference.of(test.run()))) {
            return broken(
                    claim, "there is no run " + test.run() + ": ./fizeau artifact --only " + test.run() + " makes it");
        }
        final Run run = runs.computeIfAbsent(test.run(), name -> RunReader.read(reference.of(name)));
        final Optional<String> absent = Stream.concat(Stream.of(test.figure()), test.over().stream())
                .filter(figure -> rows(run, figure).size() != 1)
                .map(figure -> "the run has " + rows(run, figure).size() + " rows " + figure.benchmark() + ' '
                        + new TreeMap<>(figure.params()))
                .findFirst();
        if (absent.isPresent()) {
            return broken(claim, absent.get());
        }
        final Row row = row(run, test.figure());
        final Measure measure = measure(row, test.figure());
        final PairedRatio measured;
        if (test.over().isPresent()) {
            final Row other = row(run, test.over().get());
            final Measure divisor = measure(other, test.over().get());
            if (!measure.unit().equals(divisor.unit()) && !(isTime(measure.unit()) && isTime(divisor.unit()))) {
                return cannotTell(claim, "the measures are in " + measure.unit() + " and " + divisor.unit());
            }
            measured = ratio(row, measure, other, divisor);
        } else if (measure.unit().equals(test.unit())) {
            measured = alone(row, measure);
        } else {
            return cannotTell(claim, "the measure is in " + measure.unit() + " and the claim in " + test.unit());
        }
        return judge(claim, test, measured);
    }

    private static ClaimResult judge(final Claim claim, final Claim.Test test, final PairedRatio measured) {
        if (measured.pairs() < 2) {
            return new ClaimResult(
                    claim,
                    ClaimVerdict.CANNOT_TELL,
                    Optional.of(measured),
                    measured.pairs() + " fork has a number: no interval");
        }
        if (measured.low() >= test.low() && measured.high() <= test.high()) {
            return new ClaimResult(claim, ClaimVerdict.HOLDS, Optional.of(measured), "");
        }
        final boolean isOutside = measured.high() < test.low() || measured.low() > test.high();
        return new ClaimResult(
                claim,
                isOutside ? ClaimVerdict.BROKEN : ClaimVerdict.CANNOT_TELL,
                Optional.of(measured),
                isOutside ? "" : "the interval reaches across the limit: more rounds may tell");
    }

    /** What the docs claim must be there to be shown: the sentence, the run and the row. */
    private static ClaimResult broken(final Claim claim, final String why) {
        return new ClaimResult(claim, ClaimVerdict.BROKEN, Optional.empty(), why);
    }

    private static ClaimResult cannotTell(final Claim claim, final String why) {
        return new ClaimResult(claim, ClaimVerdict.CANNOT_TELL, Optional.empty(), why);
    }

    private String page(final Claim claim) {
        final Path page = home.resolve(claim.doc());
        try {
            return Files.readString(page);
        } catch (final IOException e) {
            throw new ResultsException(
                    page + ": cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static String flat(final String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static List<Row> rows(final Run run, final Claim.Figure figure) {
        return run.rows().stream()
                .filter(row -> row.key().simpleName().equals(figure.benchmark()))
                .filter(row -> figure.params().entrySet().stream()
                        .allMatch(p -> row.key().param(p.getKey()).equals(p.getValue())))
                .toList();
    }

    private static Row row(final Run run, final Claim.Figure figure) {
        final Row row = rows(run, figure).get(0);
        final Validity validity = Validity.of(run, row, ValidityRules.standard());
        if (!validity.isValid()) {
            throw new ResultsException(
                    "the row is INVALID: " + validity.reasons().get(0));
        }
        return row;
    }

    private static Measure measure(final Row row, final Claim.Figure figure) {
        return Measures.find(row, figure.measure())
                .orElseThrow(() -> new ResultsException("the row has no measure " + figure.measure()));
    }

    private static PairedRatio alone(final Row row, final Measure measure) {
        final double[] values = row.okForks().stream().mapToDouble(measure::of).toArray();
        final double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return PairedRatio.of(ones, values);
    }

    private static PairedRatio ratio(
            final Row row, final Measure measure, final Row other, final Measure otherMeasure) {
        final Map<Integer, Double> byRound = new TreeMap<>();
        for (final ForkResult fork : other.okForks()) {
            byRound.put(fork.entry().round(), otherMeasure.of(fork) * nanoseconds(otherMeasure.unit()));
        }
        final List<ForkResult> forks = row.okForks();
        final double[] values = new double[forks.size()];
        final double[] others = new double[forks.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = measure.of(forks.get(i)) * nanoseconds(measure.unit());
            others[i] = byRound.getOrDefault(forks.get(i).entry().round(), Double.NaN);
        }
        return PairedRatio.of(others, values);
    }

    private static boolean isTime(final String unit) {
        return unit.equals("ns") || nanoseconds(unit) != 1;
    }

    /** How many nanoseconds the unit is, for times; 1 for all else, which must be in the same unit. */
    private static double nanoseconds(final String unit) {
        return switch (unit) {
            case "s" -> 1e9;
            case "ms" -> 1e6;
            case "us" -> 1e3;
            default -> 1;
        };
    }
}
