package io.fizeau.bench.story;

import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import io.fizeau.transports.datagram.trace.Trace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which datagrams were sent and never received. Where each sending has a number of its own that is exact. Where only pieces have
 * numbers, an arrival is that of the latest sending which is at least the link's shortest delay older. What was sent when the receiver's
 * trace was about to end is not judged. Stateless.
 */
final class DroppedDatagrams {
    private DroppedDatagrams() {}

    /**
     * Finds them.
     *
     * @param sender the trace of the end that sends.
     * @param receiver the other one, of the same clock.
     * @return the places, in the sender's trace, of what was dropped.
     */
    static BitSet of(final Trace sender, final Trace receiver) {
        final Set<Long> packets = new HashSet<>();
        final Map<Long, List<Long>> arrivals = new HashMap<>();
        long untilNs = Long.MIN_VALUE;
        boolean isEachNumbered = true;
        for (int i = 0; i < receiver.size(); i++) {
            untilNs = Math.max(untilNs, receiver.nowNs(i));
            if (isArrival(receiver.event(i)) && receiver.sequence(i) >= 0) {
                isEachNumbered &= receiver.number(i) >= 0;
                packets.add(receiver.number(i));
                arrivals.computeIfAbsent(receiver.sequence(i), piece -> new ArrayList<>(1))
                        .add(receiver.nowNs(i));
            }
        }
        final BitSet dropped = new BitSet();
        if (arrivals.isEmpty()) {
            return dropped;
        }
        final Map<Long, List<Integer>> sendings = sendings(sender);
        final Delays delays = Delays.of(sender, sendings, arrivals);
        final long judgedNs = untilNs - delays.longestNs;
        for (final Map.Entry<Long, List<Integer>> entry : sendings.entrySet()) {
            final List<Integer> lost = isEachNumbered
                    ? entry.getValue().stream()
                            .filter(place -> !packets.contains(sender.number(place)))
                            .toList()
                    : unmatched(sender, entry.getValue(), arrivals.getOrDefault(entry.getKey(), List.of()), delays);
            lost.stream().filter(place -> sender.nowNs(place) < judgedNs).forEach(dropped::set);
        }
        return dropped;
    }

    static boolean isArrival(final Event event) {
        return event == Event.RECEIVED || event == Event.DUPLICATE || event == Event.DISCARDED;
    }

    private static Map<Long, List<Integer>> sendings(final Trace sender) {
        final Map<Long, List<Integer>> sendings = new HashMap<>();
        for (int i = 0; i < sender.size(); i++) {
            if (sender.event(i) == Event.SENT || sender.event(i) == Event.RESENT) {
                sendings.computeIfAbsent(sender.sequence(i), piece -> new ArrayList<>(1))
                        .add(i);
            }
        }
        return sendings;
    }

    private static List<Integer> unmatched(
            final Trace sender, final List<Integer> places, final List<Long> arrivals, final Delays delays) {
        final List<Integer> left = new ArrayList<>(places);
        for (final long arrivedNs : arrivals) {
            for (int i = left.size() - 1; i >= 0; i--) {
                if (sender.nowNs(left.get(i)) + delays.shortestNs <= arrivedNs) {
                    left.remove(i);
                    break;
                }
            }
        }
        return left;
    }

    /**
     * Of pieces that were sent once and came once.
     *
     * @param shortestNs the shortest.
     * @param longestNs the longest.
     */
    private record Delays(long shortestNs, long longestNs) {
        static Delays of(
                final Trace sender, final Map<Long, List<Integer>> sendings, final Map<Long, List<Long>> arrivals) {
            long shortest = Long.MAX_VALUE;
            long longest = 0;
            for (final Map.Entry<Long, List<Integer>> entry : sendings.entrySet()) {
                final List<Long> came = arrivals.getOrDefault(entry.getKey(), List.of());
                if (entry.getValue().size() == 1 && came.size() == 1) {
                    final long delayNs =
                            came.get(0) - sender.nowNs(entry.getValue().get(0));
                    shortest = Math.min(shortest, delayNs);
                    longest = Math.max(longest, delayNs);
                }
            }
            return new Delays(shortest == Long.MAX_VALUE ? 0 : shortest, longest);
        }
    }
}
