package io.fizeau.bench.story;

import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import io.fizeau.transports.datagram.trace.Trace;
import io.fizeau.transports.datagram.wire.WireNumber;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The messages of a connection in one direction, as the traces of the end that sends and of the one that receives have them. Immutable.
 */
public final class TracedWay {
    private final Trace sender;
    private final Optional<Trace> receiver;
    private final boolean isComparable;
    private final List<Message> messages = new ArrayList<>();
    private final Map<Long, Long> deliveredNs = new HashMap<>();
    private final Set<Long> hitPieces = new HashSet<>();
    private final BitSet dropped;

    /**
     * One message.
     *
     * @param index its place on the connection in this direction, from 0.
     * @param acceptedNs when the transport took it, ns.
     * @param firstPiece the first data datagram that carries some of it.
     * @param lastPiece the last one.
     */
    public record Message(long index, long acceptedNs, long firstPiece, long lastPiece) {
        /** Whether a piece carries some of it. */
        boolean has(final long piece) {
            return piece >= firstPiece && piece <= lastPiece;
        }
    }

    private TracedWay(final Trace sender, final Optional<Trace> receiver) {
        this.sender = sender;
        this.receiver = receiver;
        this.isComparable = receiver.isPresent() && isSameClock(sender, receiver.get());
        for (int i = 0; i < sender.size(); i++) {
            switch (sender.event(i)) {
                case ACCEPTED -> {
                    final long first = sender.sequence(i);
                    messages.add(new Message(
                            sender.number(i), sender.nowNs(i), first, WireNumber.expand(sender.length(i), first)));
                }
                case LOST, RESENT -> hitPieces.add(sender.sequence(i));
                default -> {}
            }
        }
        receiver.ifPresent(this::readReceiver);
        dropped = isComparable ? DroppedDatagrams.of(sender, receiver.orElseThrow()) : new BitSet();
        dropped.stream().forEach(place -> hitPieces.add(sender.sequence(place)));
    }

    private void readReceiver(final Trace trace) {
        for (int i = 0; i < trace.size(); i++) {
            if (trace.event(i) == Event.DELIVERED) {
                deliveredNs.put(trace.number(i), trace.nowNs(i));
            } else if (trace.event(i) == Event.RESTORED) {
                hitPieces.add(trace.sequence(i));
            }
        }
    }

    /**
     * Lays two traces side by side.
     *
     * @param sender that of the end that sends.
     * @param receiver that of the other end; empty if there is none. Where datagrams carry no numbers it tells nothing of single messages,
     *     and is left aside.
     * @return the way.
     */
    public static TracedWay of(final Trace sender, final Optional<Trace> receiver) {
        return new TracedWay(sender, receiver.filter(TracedWay::isNumbered));
    }

    /** Whether the datagrams that came can be told apart. */
    static boolean isNumbered(final Trace receiver) {
        for (int i = 0; i < receiver.size(); i++) {
            if (receiver.event(i) == Event.RECEIVED) {
                return receiver.sequence(i) >= 0;
            }
        }
        return true;
    }

    static boolean isSameClock(final Trace one, final Trace other) {
        final String clock = one.header().clock();
        return clock.equals(other.header().clock())
                && (!clock.isEmpty() || one.header().pid() == other.header().pid());
    }

    /**
     * The messages that were accepted.
     *
     * @return in their order.
     */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    /**
     * How long a message took, from when the transport took it until it was handed out.
     *
     * @param message the message.
     * @return ns; empty if it was not handed out as far as the traces go, or the two ends have not the same clock.
     */
    public OptionalLong tookNs(final Message message) {
        final Long at = deliveredNs.get(message.index());
        return at == null || !isComparable ? OptionalLong.empty() : OptionalLong.of(at - message.acceptedNs());
    }

    /**
     * When a message was handed out.
     *
     * @param message the message.
     * @return ns of the receiver's clock, or empty.
     */
    public OptionalLong deliveredNs(final Message message) {
        final Long at = deliveredNs.get(message.index());
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    /**
     * Whether a loss hit a message itself: a datagram with some of it was dropped, was taken for lost, was sent again, or had to be
     * restored. Not those that only waited behind it.
     *
     * @param message the message.
     * @return true if so.
     */
    public boolean isHit(final Message message) {
        for (long piece = message.firstPiece(); piece <= message.lastPiece(); piece++) {
            if (hitPieces.contains(piece)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The messages that took longest.
     *
     * @param count how many at the most.
     * @return the slowest first; empty if times are not known.
     */
    public List<Message> slowest(final int count) {
        return messages.stream()
                .filter(message -> tookNs(message).isPresent())
                .sorted(Comparator.comparingLong(
                                (Message message) -> tookNs(message).getAsLong())
                        .reversed())
                .limit(count)
                .toList();
    }

    /**
     * How many datagrams were sent and never received.
     *
     * @return a count.
     */
    public int droppedDatagrams() {
        return dropped.cardinality();
    }

    /** Whether a sending never came. */
    boolean isDropped(final int place) {
        return dropped.get(place);
    }

    /** Whether times of both ends can be subtracted. */
    boolean isComparable() {
        return isComparable;
    }

    Trace sender() {
        return sender;
    }

    Optional<Trace> receiver() {
        return receiver;
    }
}
