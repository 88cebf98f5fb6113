package io.fizeau.bench.story;

import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import io.fizeau.transports.datagram.trace.Trace;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Puts the sum of a message's story into words. Stateless. */
final class Ending {
    private static final double NS_PER_MS = 1e6;
    /** Waiting that is worth a word: as much as 1/20 of the whole. */
    private static final int SHARE_WORTH_A_WORD = 20;

    private Ending() {}

    static String of(final TracedWay way, final TracedWay.Message message) {
        final StringBuilder text = new StringBuilder();
        final OptionalLong took = way.tookNs(message);
        if (took.isPresent()) {
            text.append("took ").append(ms(took.getAsLong())).append(" ms");
        } else if (way.deliveredNs(message).isPresent()) {
            text.append("was delivered; the two ends have not the same clock, so how long it took cannot be told");
        } else {
            text.append(
                    way.receiver().isPresent()
                            ? "was not delivered, as far as the traces go"
                            : "whether it was delivered is not known: the other end has left no trace of it");
        }
        final Facts facts = Facts.of(way, message);
        text.append(": ").append(facts.loss());
        if (took.isPresent()) {
            text.append(facts.waits(took.getAsLong()));
        }
        return text.append('.').toString();
    }

    private static String ms(final long ns) {
        return String.format(Locale.ROOT, "%.1f", ns / NS_PER_MS);
    }

    private static String count(final long count, final String one) {
        return count == 1 ? "one " + one : count + " " + one + "s";
    }

    /** What is counted of a message's two traces. */
    private static final class Facts {
        private final TracedWay way;
        private final TracedWay.Message message;
        private int dropped;
        private int resent;
        private int restored;
        private int requests;
        private int timeouts;
        private int taken; // for lost
        private int later; // acknowledged when the first one was taken for lost
        private long firstSentNs;
        private long firstSentAgainAfterNs = -1;
        private long lastReceivedNs = Long.MIN_VALUE;

        private Facts(final TracedWay way, final TracedWay.Message message) {
            this.way = way;
            this.message = message;
        }

        static Facts of(final TracedWay way, final TracedWay.Message message) {
            final Facts facts = new Facts(way, message);
            facts.readSender();
            way.receiver().ifPresent(facts::readReceiver);
            return facts;
        }

        private void readSender() {
            final Trace trace = way.sender();
            final Map<Long, Long> sentNs = new HashMap<>();
            int acknowledgedBehind = 0;
            firstSentNs = Long.MAX_VALUE;
            for (int i = 0; i < trace.size(); i++) {
                final long piece = trace.sequence(i);
                final Event event = trace.event(i);
                if (event == Event.ACKNOWLEDGED && piece > message.lastPiece()) {
                    acknowledgedBehind++;
                }
                if (!message.has(piece)) {
                    continue;
                }
                switch (event) {
                    case SENT -> {
                        firstSentNs = Math.min(firstSentNs, trace.nowNs(i));
                        sentNs.putIfAbsent(piece, trace.nowNs(i));
                    }
                    case RESENT -> {
                        resent++;
                        if (firstSentAgainAfterNs < 0 && sentNs.containsKey(piece)) {
                            firstSentAgainAfterNs = trace.nowNs(i) - sentNs.get(piece);
                        }
                    }
                    case LOST -> {
                        if (taken == 0) {
                            later = acknowledgedBehind;
                        }
                        taken++;
                    }
                    case TIMEOUT -> timeouts++;
                    default -> {}
                }
                if ((event == Event.SENT || event == Event.RESENT) && way.isDropped(i)) {
                    dropped++;
                }
            }
        }

        private void readReceiver(final Trace trace) {
            for (int i = 0; i < trace.size(); i++) {
                final long piece = trace.sequence(i);
                switch (trace.event(i)) {
                    case REQUESTED -> {
                        if (piece <= message.lastPiece()
                                && piece + Math.max(1, trace.length(i)) > message.firstPiece()) {
                            requests++;
                        }
                    }
                    case RESTORED -> restored += message.has(piece) ? 1 : 0;
                    default -> {}
                }
                if (message.has(piece) && (trace.event(i) == Event.RECEIVED || trace.event(i) == Event.RESTORED)) {
                    lastReceivedNs = Math.max(lastReceivedNs, trace.nowNs(i));
                }
            }
        }

        String loss() {
            if (dropped == 0 && taken == 0 && resent == 0 && restored == 0) {
                return "nothing of it was lost or sent again";
            }
            if (dropped == 0 && restored == 0 && way.isComparable()) {
                return spurious();
            }
            final StringBuilder text = new StringBuilder();
            if (dropped > 0) {
                text.append(count(dropped, "datagram")).append(dropped == 1 ? " was lost" : " were lost");
            } else if (restored > 0) {
                text.append(count(restored, "datagram")).append(" did not come");
            } else {
                text.append(count(Math.max(taken, 1), "datagram")).append(" was taken for lost");
            }
            if (restored > 0) {
                text.append(", redundancy restored ").append(restored == 1 ? "it" : Integer.toString(restored));
            }
            if (requests > 0) {
                text.append(", the receiver asked for it").append(requests == 1 ? "" : " " + requests + " times");
            } else if (timeouts > 0) {
                text.append(", ").append(count(timeouts, "time-out")).append(" showed it");
            } else if (taken > 0 && later > 0) {
                text.append(", ").append(count(later, "later one")).append(" showed it");
            }
            if (resent > 0) {
                text.append(", it was sent again");
                if (firstSentAgainAfterNs >= 0) {
                    text.append(" after ").append(ms(firstSentAgainAfterNs)).append(" ms");
                }
            }
            return text.toString();
        }

        private String spurious() {
            final StringBuilder text = new StringBuilder("nothing of it was lost");
            if (timeouts > 0) {
                text.append(", but a time-out passed before the sender learned that it had come");
            } else if (taken > 0) {
                text.append(", but later ones were acknowledged before it");
            }
            if (resent > 0) {
                text.append(", and it was sent again for nothing");
            }
            return firstSentAgainAfterNs < 0
                    ? text.toString()
                    : text.append(", after ")
                            .append(ms(firstSentAgainAfterNs))
                            .append(" ms")
                            .toString();
        }

        String waits(final long tookNs) {
            final StringBuilder text = new StringBuilder();
            final long toSendNs = firstSentNs == Long.MAX_VALUE ? 0 : firstSentNs - message.acceptedNs();
            if (toSendNs > tookNs / SHARE_WORTH_A_WORD) {
                text.append("; before that it waited ").append(ms(toSendNs)).append(" ms to be sent");
            }
            final long deliveredNs = way.deliveredNs(message).orElse(lastReceivedNs);
            final long behindNs = lastReceivedNs == Long.MIN_VALUE ? 0 : deliveredNs - lastReceivedNs;
            if (behindNs > tookNs / SHARE_WORTH_A_WORD) {
                text.append("; once there it waited ").append(ms(behindNs)).append(" ms for what came before it");
            }
            return text.toString();
        }
    }
}
