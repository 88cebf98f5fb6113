package io.fizeau.bench.plan;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** How much time a run takes, and so how small a difference it can tell. */
@SuppressWarnings("ImmutableEnumChecker") // the lists come from List.of
public enum Profile {
    /** A few minutes; the number of transports gives way to the time. */
    QUICK(6, 1, 1, List.of(32), List.of("gathered"), Duration.ofMinutes(4)),
    /** Under an hour for the default set. */
    STANDARD(10, 3, 5, List.of(32), List.of("each", "gathered"), Duration.ofHours(2)),
    /** Hours. */
    THOROUGH(20, 5, 10, List.of(32, 256, 1024), List.of("each", "gathered"), Duration.ofDays(1));

    private static final int LEAST_SECONDS_OVER_LINK = 5;
    private static final int MOST_CONNECTIONS_IN_QUICK = 1_000;
    private static final int LEAST_WARMUP_WITH_SECURITY = 4;
    private static final Duration LEAST_OF_OWN = Duration.ofMinutes(15);
    private static final Duration LEAST_OF_SECURITY = Duration.ofMinutes(20);

    private final int rounds;
    private final int warmupSeconds;
    private final int measuredSeconds;
    private final List<Integer> sizesBytes;
    private final List<String> sends;
    private final Duration budget;

    Profile(
            final int rounds,
            final int warmupSeconds,
            final int measuredSeconds,
            final List<Integer> sizesBytes,
            final List<String> sends,
            final Duration budget) {
        this.rounds = rounds;
        this.warmupSeconds = warmupSeconds;
        this.measuredSeconds = measuredSeconds;
        this.sizesBytes = sizesBytes;
        this.sends = sends;
        this.budget = budget;
    }

    /**
     * Its name on the command line and in the manifest.
     *
     * @return lower case.
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * How many rounds.
     *
     * @return the rounds of a suite that takes part in all of them.
     */
    public int rounds() {
        return rounds;
    }

    /**
     * How many of a run's rounds a suite takes part in: in the quick profile all for a round trip and half for the others, in the
     * thorough one half for those over a bad link, whose grid is large.
     *
     * @param suite the suite.
     * @param runRounds the rounds of the run.
     * @return at least 1.
     */
    public int roundsOf(final Suite suite, final int runRounds) {
        final boolean takesHalf =
                (this == QUICK && suite != Suite.ROUNDTRIP) || (this == THOROUGH && suite.isOverLink());
        return takesHalf ? Math.max(1, runRounds / 2) : runRounds;
    }

    /**
     * Warm-up of one fork of a suite. The JDK's own TLS has so much code to compile that after a second most of it is not.
     *
     * @param suite the suite.
     * @return seconds.
     */
    public int warmupSeconds(final Suite suite) {
        return suite == Suite.SECURITY ? Math.max(LEAST_WARMUP_WITH_SECURITY, warmupSeconds) : warmupSeconds;
    }

    /**
     * Measurement of one fork.
     *
     * @return seconds.
     */
    public int measuredSeconds() {
        return measuredSeconds;
    }

    /**
     * Measurement of one fork of a suite. Over a bad link a second holds next to no loss.
     *
     * @param suite the suite.
     * @return seconds.
     */
    public int measuredSeconds(final Suite suite) {
        return suite.isOverLink() ? Math.max(LEAST_SECONDS_OVER_LINK, measuredSeconds) : measuredSeconds;
    }

    /**
     * The message sizes.
     *
     * @return bytes.
     */
    public List<Integer> sizesBytes() {
        return sizesBytes;
    }

    /**
     * The values of the parameter {@code sends}, for benchmarks that have it.
     *
     * @return names as in spec strings.
     */
    public List<String> sends() {
        return sends;
    }

    /**
     * What the default set of transports may take; what does not fit is left out and named.
     *
     * @return the time for all rounds.
     */
    public Duration budget() {
        return budget;
    }

    /**
     * The same for suites of which some have transports of their own, whose grid takes more.
     *
     * @param suites those of the run.
     * @return the time for all rounds.
     */
    public Duration budget(final Collection<Suite> suites) {
        Duration least = budget;
        for (final Suite suite : suites) {
            final Duration own = suite == Suite.SECURITY ? LEAST_OF_SECURITY : LEAST_OF_OWN;
            least = suite.hasOwnTransports() && least.compareTo(own) < 0 ? own : least;
        }
        return least;
    }

    /**
     * How many connections, of those that a benchmark has as its default.
     *
     * @param counts the benchmark's.
     * @return in the quick profile those that are set up in no time.
     */
    List<String> connections(final List<String> counts) {
        return this == QUICK
                ? counts.stream()
                        .filter(count -> Integer.parseInt(count) <= MOST_CONNECTIONS_IN_QUICK)
                        .toList()
                : counts;
    }
}
