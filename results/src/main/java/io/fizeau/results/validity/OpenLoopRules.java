package io.fizeau.results.validity;

import io.fizeau.results.metric.OpenLoopMetrics;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.Run;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * When a row of an open loop is invalid. What one fork in four or fewer shows is more likely an episode of the machine, which the
 * rounds are there to absorb, and is only remarked. Stateless.
 */
final class OpenLoopRules {
    private static final double NS_PER_US = 1_000;

    private OpenLoopRules() {}

    /** A transport that does not take what it is offered has no latency at that rate: its queue grows for as long as one looks. */
    static Stream<Finding> rate(final Run run, final Row row) {
        if (!OpenLoopMetrics.isOpenLoop(row)) {
            return Stream.empty();
        }
        final List<ForkResult> below = row.okForks().stream()
                .filter(fork -> !OpenLoopMetrics.isRateReached(fork))
                .toList();
        if (below.isEmpty()) {
            return Stream.empty();
        }
        final double least =
                below.stream().mapToDouble(OpenLoopMetrics::inTimeShare).min().orElse(0);
        return Stream.of(new Finding(
                isMany(below, row),
                String.format(
                        Locale.ROOT,
                        "the rate was not reached: in %d of %d forks fewer than %.1f %% of the messages that fell due were"
                                + " accepted in time, at the least %.1f %%; no latency is claimed",
                        below.size(),
                        row.okForks().size(),
                        OpenLoopMetrics.LEAST_ACCEPTED * 100,
                        least * 100)));
    }

    /** A generator that is late measures itself. */
    static Stream<Finding> generator(final Run run, final Row row) {
        if (!OpenLoopMetrics.isOpenLoop(row)) {
            return Stream.empty();
        }
        final List<OpenLoopMetrics.Lateness> late = row.okForks().stream()
                .flatMap(fork -> OpenLoopMetrics.spoilingLateness(fork).stream())
                .toList();
        if (late.isEmpty()) {
            return Stream.empty();
        }
        return Stream.of(new Finding(
                isMany(late, row),
                String.format(
                        Locale.ROOT,
                        "generator late: in %d of %d forks the sending thread itself was later than %.0f %% of the response"
                                + " time%s (and than %.0f us), by up to %.0f us; it is not the transport's fault",
                        late.size(),
                        row.okForks().size(),
                        OpenLoopMetrics.MOST_LATENESS * 100,
                        at(late),
                        OpenLoopMetrics.HARMLESS_LATENESS_NS / NS_PER_US,
                        late.stream()
                                        .mapToDouble(OpenLoopMetrics.Lateness::ns)
                                        .max()
                                        .orElse(0)
                                / NS_PER_US)));
    }

    private static String at(final List<OpenLoopMetrics.Lateness> late) {
        final long byMax = late.stream().filter(OpenLoopMetrics.Lateness::isMax).count();
        if (byMax == 0) {
            return " at p99";
        }
        return (byMax == late.size() ? " at max" : " at p99 or at max") + ", there being too few messages to tell p99";
    }

    /** What must not happen to a message of a transport that promises to deliver each once, in order and intact. */
    static Stream<Finding> ledger(final Run run, final Row row) {
        if (!OpenLoopMetrics.isOpenLoop(row)) {
            return Stream.empty();
        }
        final List<String> promises = run.manifest()
                .transport(row.key().param("transport"))
                .map(entry -> entry.guarantees())
                .orElse(List.of());
        final boolean isReliable = promises.contains("reliable");
        // Over a bad link a message may need more repairs than the deadline has time for: then it is late, not lost.
        final boolean isInTime = isReliable && !LinkRules.isImpaired(row);
        return Stream.of(
                        finding(row, "lost", "not back within the deadline", isInTime, "promised reliable"),
                        finding(row, "corrupt", "corrupt", true, "no transport may alter a message"),
                        finding(row, "duplicated", "delivered twice", isReliable, "promised reliable"),
                        finding(row, "reordered", "out of order", promises.contains("ordered"), "promised ordered"))
                .flatMap(findings -> findings);
    }

    private static Stream<Finding> finding(
            final Row row, final String kind, final String what, final boolean isPromised, final String promise) {
        final long count = Math.round(row.okForks().stream()
                .mapToDouble(fork -> OpenLoopMetrics.count(fork, kind))
                .sum());
        if (count == 0) {
            return Stream.empty();
        }
        return Stream.of(new Finding(
                isPromised,
                (count == 1 ? "1 message" : count + " messages") + ' ' + what + (isPromised ? ", " + promise : "")));
    }

    private static boolean isMany(final List<?> forks, final Row row) {
        return forks.size() > ValidityRules.STEADY_MAX_SHARE * row.okForks().size();
    }
}
