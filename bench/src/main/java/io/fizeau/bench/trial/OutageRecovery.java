package io.fizeau.bench.trial;

import io.fizeau.transports.link.Blackout;
import java.util.OptionalLong;

/**
 * How soon messages came again after an outage, from the times of their deliveries. Both times count from the link's return.
 *
 * <p>The rate at a time is the number of deliveries in the {@link #WINDOW_NS} before it, those before the link's return left out. The
 * earlier rate is that of all deliveries before the outage began; the rate has recovered at the first delivery at which it is
 * {@link #RECOVERED} of it. What had piled up at the sender counts like any other: it is delivered faster than new messages come.
 *
 * @param earlierPerSecond deliveries a second before the outage; 0 if there were fewer than two.
 * @param firstNs from the link's return to the first delivery, in nanoseconds, or empty if none came.
 * @param recoveredNs from the link's return until the rate had recovered, or empty if it never had.
 */
public record OutageRecovery(double earlierPerSecond, OptionalLong firstNs, OptionalLong recoveredNs) {
    /** How long the sliding window is, in nanoseconds. */
    public static final long WINDOW_NS = 50_000_000;

    /** Which share of the earlier rate counts as recovered. */
    public static final double RECOVERED = 0.9;

    private static final double NS_PER_SECOND = 1e9;

    /**
     * Reckons.
     *
     * @param deliveriesNs when messages were delivered, rising.
     * @param outage when none passed, on the same clock.
     * @return what is known.
     */
    public static OutageRecovery of(final long[] deliveriesNs, final Blackout outage) {
        int before = 0;
        while (before < deliveriesNs.length && deliveriesNs[before] < outage.beganNs()) {
            before++;
        }
        int after = before;
        while (after < deliveriesNs.length && deliveriesNs[after] < outage.endsNs()) {
            after++;
        }
        final double perSecond =
                before < 2 ? 0 : (before - 1) * NS_PER_SECOND / Math.max(1, deliveriesNs[before - 1] - deliveriesNs[0]);
        final OptionalLong first = after < deliveriesNs.length
                ? OptionalLong.of(deliveriesNs[after] - outage.endsNs())
                : OptionalLong.empty();
        return new OutageRecovery(perSecond, first, recovered(deliveriesNs, after, perSecond, outage.endsNs()));
    }

    private static OptionalLong recovered(
            final long[] deliveriesNs, final int after, final double perSecond, final long untilNs) {
        final double wanted = RECOVERED * perSecond * WINDOW_NS / NS_PER_SECOND;
        int oldest = after;
        for (int i = after; i < deliveriesNs.length && perSecond > 0; i++) {
            while (deliveriesNs[oldest] <= deliveriesNs[i] - WINDOW_NS) {
                oldest++;
            }
            if (i - oldest + 1 >= wanted) {
                return OptionalLong.of(deliveriesNs[i] - untilNs);
            }
        }
        return OptionalLong.empty();
    }
}
