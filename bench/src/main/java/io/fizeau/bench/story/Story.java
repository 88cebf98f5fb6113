package io.fizeau.bench.story;

import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import io.fizeau.transports.datagram.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What happened to one message, step by step. Immutable.
 *
 * @param steps in the order of time; if the two ends have not the same clock, first the sender's and then the receiver's.
 * @param ending how long it took and why, in a sentence or two.
 */
public record Story(List<Step> steps, String ending) {
    /** Copies the list. */
    public Story {
        steps = List.copyOf(steps);
    }

    /**
     * Tells it.
     *
     * @param way the direction it took.
     * @param message the message.
     * @return the story.
     */
    public static Story of(final TracedWay way, final TracedWay.Message message) {
        final List<Step> steps = new ArrayList<>();
        final Trace sender = way.sender();
        final String here = end(sender);
        for (int i = 0; i < sender.size(); i++) {
            final String text = sent(way, message, i);
            if (!text.isEmpty()) {
                steps.add(new Step(sender.nowNs(i) - message.acceptedNs(), here, text));
            }
        }
        way.receiver().ifPresent(receiver -> steps.addAll(received(way, message, receiver)));
        if (way.isComparable()) {
            steps.sort(Comparator.comparingLong(Step::ns));
        }
        return new Story(steps, Ending.of(way, message));
    }

    private static List<Step> received(final TracedWay way, final TracedWay.Message message, final Trace receiver) {
        final List<Step> steps = new ArrayList<>();
        long beganNs = message.acceptedNs();
        for (int i = 0; i < receiver.size(); i++) {
            final String text = received(message, receiver, i);
            if (!text.isEmpty()) {
                if (steps.isEmpty() && !way.isComparable()) {
                    beganNs = receiver.nowNs(i);
                }
                steps.add(new Step(receiver.nowNs(i) - beganNs, end(receiver), text));
            }
        }
        return steps;
    }

    private static String end(final Trace trace) {
        return trace.header().role().name().toLowerCase(Locale.ROOT);
    }

    private static String sent(final TracedWay way, final TracedWay.Message message, final int place) {
        final Trace trace = way.sender();
        final Event event = trace.event(place);
        if (event == Event.ACCEPTED) {
            return trace.number(place) == message.index() ? "accepted, to leave in " + pieces(message) : "";
        }
        if (!message.has(trace.sequence(place))) {
            return "";
        }
        final String piece = "datagram " + ordinal(message, trace.sequence(place));
        final String fate = way.isDropped(place) ? ", which was dropped on the way" : "";
        return switch (event) {
            case SENT -> "sent " + piece + ", " + trace.length(place) + " bytes" + fate;
            case RESENT -> "sent " + piece + " again" + fate;
            case LOST -> "took " + piece + " for lost";
            case TIMEOUT ->
                "waited in vain for an acknowledgement: time-out " + Math.max(1, trace.length(place)) + " in a row";
            case ACKNOWLEDGED -> "learned that " + piece + " has come";
            default -> "";
        };
    }

    private static String received(final TracedWay.Message message, final Trace trace, final int place) {
        final Event event = trace.event(place);
        if (event == Event.DELIVERED) {
            return trace.number(place) == message.index() ? "delivered" : "";
        }
        if (event == Event.REQUESTED) {
            final long from = trace.sequence(place);
            final long to = from + Math.max(1, trace.length(place)) - 1;
            return from <= message.lastPiece() && to >= message.firstPiece()
                    ? "asked for "
                            + (to == from
                                    ? "datagram " + ordinal(message, from)
                                    : trace.length(place) + " datagrams from " + ordinal(message, from) + " on")
                    : "";
        }
        if (!message.has(trace.sequence(place))) {
            return "";
        }
        final String piece = "datagram " + ordinal(message, trace.sequence(place));
        return switch (event) {
            case RECEIVED -> "received " + piece;
            case DUPLICATE -> "received " + piece + " once more";
            case DISCARDED -> "threw " + piece + " away: one before it was missing";
            case RESTORED -> "restored " + piece + " from redundancy";
            default -> "";
        };
    }

    private static String pieces(final TracedWay.Message message) {
        final long count = message.lastPiece() - message.firstPiece() + 1;
        return count == 1 ? "one datagram" : count + " datagrams";
    }

    /** A message's first datagram is its number 1. */
    static long ordinal(final TracedWay.Message message, final long piece) {
        return piece - message.firstPiece() + 1;
    }
}
