package io.fizeau.bench.trial;

import io.fizeau.bench.jmh.Figure;
import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.bench.story.TracedWay;
import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.latency.LatencyRecorder;
import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import io.fizeau.transports.datagram.trace.NodeTraces;
import io.fizeau.transports.datagram.trace.Trace;
import io.fizeau.transports.datagram.trace.TraceHeader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Which messages a loss has hit, known from the traces of both ends of a connection, for transports that have traces. A message counts as
 * hit if a datagram with some of it, or of its answer, was dropped between the ends, taken for lost, sent again or restored: not if it only
 * waited behind one, as {@link HitEstimate} has to count. Its extra time is by how much it exceeded the median of all, both from when the
 * transport took the message to when the answer was handed out.
 *
 * <p>Makes rows {@code hit.known}, {@code hit.known:count} and {@code hit.known:share}; none where a trace was full, an end has none, or
 * messages may be lost for good. Used by one thread, the one that measures; it reads the traces between iterations.
 */
public final class HitTraces {
    /** What the rows start with. */
    public static final String LABEL = "hit.known";

    private final Supplier<List<Trace>> server;
    private final boolean isReliable;
    private int firstRequest;
    private int firstAnswer;

    HitTraces(final Supplier<List<Trace>> server, final boolean isReliable) {
        this.server = server;
        this.isReliable = isReliable;
    }

    /** To be called once a phase of the loop has begun, with nothing under way. */
    public void begin() {
        final Optional<Trace> here = here();
        firstRequest = here.map(trace -> count(trace, Event.ACCEPTED)).orElse(0);
        firstAnswer = here.map(trace -> count(trace, Event.DELIVERED)).orElse(0);
    }

    /**
     * Adds the rows of the phase that has ended.
     *
     * @param figures the rows so far.
     * @param messages how many the phase had, all of which were answered in their order.
     * @return the rows with these, if there are any.
     */
    public LatencyFigures addTo(final LatencyFigures figures, final long messages) {
        final Optional<Trace> here = here();
        if (here.isEmpty()) {
            return figures;
        }
        final long id = here.get().header().connectionId();
        return server.get().stream()
                .filter(trace -> trace.header().connectionId() == id && trace.notKept() == 0)
                .findFirst()
                .map(there -> addTo(figures, messages, here.get(), there))
                .orElse(figures);
    }

    private LatencyFigures addTo(
            final LatencyFigures figures, final long messages, final Trace here, final Trace there) {
        final Known known = known(here, there, firstRequest, firstAnswer, messages);
        if (known.all == 0) {
            return figures;
        }
        return figures.with(LABEL, known.extra)
                .with(List.of(
                        Figure.count(LABEL + ":count", (double) known.extra.count()),
                        Figure.mean(LABEL + ":share", (double) known.extra.count() / known.all, "share")));
    }

    /**
     * What is known.
     *
     * @param all how many messages have whole stories.
     * @param extra by how much those that were hit exceeded the median.
     */
    record Known(int all, LatencyDistribution extra) {}

    static Known known(
            final Trace here, final Trace there, final int firstRequest, final int firstAnswer, final long messages) {
        final TracedWay way = TracedWay.of(here, Optional.of(there));
        final TracedWay back = TracedWay.of(there, Optional.of(here));
        final List<TracedWay.Message> requests = way.messages();
        final List<TracedWay.Message> answers = back.messages();
        final int most =
                (int) Math.min(messages, Math.min(requests.size() - firstRequest, answers.size() - firstAnswer));
        final long[] tookNs = new long[Math.max(0, most)];
        int all = 0;
        while (all < most && back.deliveredNs(answers.get(firstAnswer + all)).isPresent()) {
            tookNs[all] = back.deliveredNs(answers.get(firstAnswer + all)).getAsLong()
                    - requests.get(firstRequest + all).acceptedNs();
            all++;
        }
        final long[] sorted = Arrays.copyOf(tookNs, all);
        Arrays.sort(sorted);
        final Histogram extra = new Histogram(LatencyRecorder.LONGEST_NS, LatencyRecorder.SIGNIFICANT_DIGITS);
        for (int i = 0; i < all; i++) {
            if (way.isHit(requests.get(firstRequest + i)) || back.isHit(answers.get(firstAnswer + i))) {
                final long extraNs = Math.max(0, tookNs[i] - sorted[all / 2]);
                extra.recordValue(Math.min(extraNs, LatencyRecorder.LONGEST_NS));
            }
        }
        return new Known(all, LatencyDistribution.of(extra));
    }

    private Optional<Trace> here() {
        return isReliable
                ? NodeTraces.ofThisProcess().stream()
                        .filter(trace -> trace.header().role() == TraceHeader.Role.CLIENT && trace.notKept() == 0)
                        .findFirst()
                : Optional.empty();
    }

    private static int count(final Trace trace, final Event event) {
        int count = 0;
        for (int i = 0; i < trace.size(); i++) {
            count += trace.event(i) == event ? 1 : 0;
        }
        return count;
    }
}
