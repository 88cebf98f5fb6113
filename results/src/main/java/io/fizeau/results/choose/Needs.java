package io.fizeau.results.choose;

import io.fizeau.results.table.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a user needs of a transport. {@link NeedsParser} makes and checks it.
 *
 * @param ratePerSecond messages a second; empty if one at a time is enough.
 * @param sizeBytes of a message, header included.
 * @param rttNs the round trip that the network adds; 0 for none.
 * @param loss the share of packets that it loses each way; 0 for none.
 * @param limits to the latency, each percentile once.
 * @param guarantees what the transport has to promise, by the names of {@code fizeau list}.
 */
public record Needs(
        OptionalDouble ratePerSecond,
        int sizeBytes,
        double rttNs,
        double loss,
        List<Limit> limits,
        List<String> guarantees) {
    /** Copies the lists. */
    public Needs {
        limits = List.copyOf(limits);
        guarantees = List.copyOf(guarantees);
    }

    /** {@return whether messages cross a network that delays or loses them} */
    public boolean isImpaired() {
        return rttNs > 0 || loss > 0;
    }

    /** {@return the needs in one line} */
    public String text() {
        final List<String> parts = new ArrayList<>();
        ratePerSecond.ifPresentOrElse(
                rate -> parts.add(Figures.count(rate) + "/s of " + sizeBytes + " B"),
                () -> parts.add(sizeBytes + " B, one at a time"));
        if (rttNs > 0) {
            parts.add("rtt " + Figures.duration(rttNs));
        }
        if (loss > 0) {
            parts.add("loss " + Figures.percent(loss) + " each way");
        }
        limits.forEach(limit -> parts.add(limit.point() + " <= " + Figures.duration(limit.limitNs())));
        parts.addAll(guarantees);
        return String.join(", ", parts);
    }
}
