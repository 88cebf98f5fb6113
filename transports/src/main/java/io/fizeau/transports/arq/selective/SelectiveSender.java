package io.fizeau.transports.arq.selective;

import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.arq.congestion.CongestionControl;
import io.fizeau.transports.arq.stream.SendQueue;
import io.fizeau.transports.arq.timing.Pacer;
import io.fizeau.transports.arq.timing.RttEstimator;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Deadlines;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Memory;
import io.fizeau.transports.datagram.wire.Wire;
import io.fizeau.transports.datagram.wire.WireNumber;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What this end sends: which piece next, when something is lost, and when to probe. A piece is unsent, in flight, lost or acknowledged; a
 * piece is lost when its latest packet is.
 */
final class SelectiveSender {
    private static final byte IN_FLIGHT = 1;
    private static final byte LOST = 2;
    private static final byte ACKNOWLEDGED = 3;
    private static final int PACKET_THRESHOLD = 3; // kPacketThreshold, RFC 9002 section 6.1.1
    private static final int PERSISTENT_TIMEOUTS = 3; // kPersistentCongestionThreshold, section 7.6.1
    private static final int MOST_DOUBLINGS = 16;
    private static final long LONGEST_BACKED_OFF_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int BURST_DATAGRAMS = 10; // section 7.7: no more than the initial window

    private final SelectiveOptions options;
    private final Carrier carrier;
    private final ArqCounters counters;
    private final DatagramTrace trace;
    private final SelectiveReceiver receiver;
    private final SendQueue queue;
    private final SentPackets packets;
    private final long[] latestPacket; // of each piece that is held
    private final byte[] state; // of each piece that is held
    private final int mask;
    private final CongestionControl congestion;
    private final RttEstimator rtt;
    private final int burstBytes;
    private final Memory probe;

    private @Nullable Pacer pacer; // from the first sending on: only then is the time known
    private boolean hasAcked;
    private long nextNew; // the first piece that has not been sent
    private long credit; // the first piece that must not be sent
    private int lostPieces;
    private long lostFrom; // no piece below is lost
    private long bytesInFlight;
    private long greatestAcked; // packet number
    private long lastAckedSentNs; // when the latest packet that is acknowledged was sent
    private boolean isWindowLimited;
    private boolean isStalled; // by the socket
    private long stalledNs;
    private long lossDeadlineNs = Mechanism.NEVER;
    private long probeBaseNs = Mechanism.NEVER; // from when the probe time-out counts
    private int timeouts; // in a row
    private long paceDeadlineNs = Mechanism.NEVER;

    SelectiveSender(
            final SelectiveOptions options,
            final MechanismSettings settings,
            final int payloadBytes,
            final SelectiveReceiver receiver,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace) {
        this.options = options;
        this.carrier = carrier;
        this.counters = counters;
        this.trace = trace;
        this.receiver = receiver;
        this.queue = SendQueue.of(settings, SelectiveWire.DATA_HEADER_BYTES, payloadBytes);
        this.packets = new SentPackets(2 * queue.capacity() + 64, settings.firstSent());
        this.latestPacket = new long[queue.capacity()];
        this.state = new byte[queue.capacity()];
        this.mask = queue.capacity() - 1;
        final int window = settings.roomInPieces();
        final long windowBytes = (long) window * settings.maxDatagramBytes();
        final long fixedBytes = options.inFlightDatagrams() == 0
                ? windowBytes
                : (long) options.inFlightDatagrams() * settings.maxDatagramBytes();
        this.congestion = options.congestion().create(settings.maxDatagramBytes(), fixedBytes, windowBytes);
        this.rtt = new RttEstimator(settings.initialRttNs());
        this.burstBytes = BURST_DATAGRAMS * settings.maxDatagramBytes();
        final int probeBytes = Wire.HEADER_BYTES + SelectiveWire.PROBE_BYTES;
        this.probe = settings.memory(probeBytes);
        this.nextNew = settings.firstSent();
        this.lostFrom = nextNew;
        this.credit = settings.firstSent() + window;
        this.greatestAcked = settings.firstSent() - 1;
    }

    SendStatus offer(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (!queue.offer(buffer, offset, length, nextNew)) {
            return SendStatus.BACK_PRESSURED;
        }
        trace.record(
                nowNs, DatagramTrace.Event.ACCEPTED, queue.messages() - 1, queue.firstOfLatest(), (int) queue.last());
        transmit(nowNs);
        return SendStatus.ACCEPTED;
    }

    SendStatus flush(final long nowNs) {
        queue.closeLast();
        transmit(nowNs);
        return isStalled ? SendStatus.BACK_PRESSURED : SendStatus.ACCEPTED;
    }

    /** Sends what may be sent: what is lost first, then what is new. */
    void transmit(final long nowNs) {
        isStalled = false;
        isWindowLimited = false;
        paceDeadlineNs = Mechanism.NEVER;
        boolean goesOn = true;
        while (goesOn) {
            final boolean isRepair = lostPieces > 0;
            if (!isRepair && nextNew >= Math.min(queue.end(), credit)) {
                break;
            }
            final long piece = isRepair ? firstLost() : nextNew;
            final int bytes = SelectiveWire.DATA_HEADER_BYTES + queue.length(piece);
            if (bytesInFlight > 0 && bytesInFlight + bytes > congestion.windowBytes()) {
                isWindowLimited = true;
                break;
            }
            if (options.paces()) {
                final Pacer paced = pacer(nowNs);
                paced.onRate(nowNs, congestion.pacingBytesPerSecond(rtt.smoothedNs()));
                final long sendNs = paced.nextSendNs(nowNs, bytes);
                if (sendNs - nowNs > 0) {
                    paceDeadlineNs = sendNs;
                    isWindowLimited = true; // it would be, without the pacing: RFC 9002 section 7.8
                    break;
                }
            }
            goesOn = sendPiece(piece, nowNs);
        }
        if (bytesInFlight == 0 && timeouts == 0) {
            // With nothing on the way only a closed credit keeps a timer: its opening may have been lost.
            if (nextNew >= queue.end()) {
                probeBaseNs = Mechanism.NEVER;
            } else if (probeBaseNs == Mechanism.NEVER) {
                probeBaseNs = nowNs;
            }
        }
    }

    private Pacer pacer(final long nowNs) {
        Pacer paced = pacer;
        if (paced == null) {
            paced = new Pacer(nowNs, Pacer.UNLIMITED, burstBytes);
            pacer = paced;
        }
        return paced;
    }

    private long firstLost() {
        while (state[index(lostFrom)] != LOST) {
            lostFrom++;
        }
        return lostFrom;
    }

    private boolean sendPiece(final long piece, final long nowNs) {
        if (!packets.hasRoom()) {
            giveUp(packets.lowest(), nowNs);
        }
        final int body = queue.offset(piece) + Wire.HEADER_BYTES;
        final UnsafeBuffer view = queue.memory().view();
        final long packet = packets.next();
        view.putInt(body + SelectiveWire.PACKET, (int) packet, ByteOrder.LITTLE_ENDIAN);
        view.putInt(body + SelectiveWire.PIECE, (int) piece, ByteOrder.LITTLE_ENDIAN);
        final int flags = receiver.putInto(view, body, nowNs);
        final int payloadBytes = queue.length(piece);
        final int bytes = SelectiveWire.DATA_HEADER_BYTES + payloadBytes;
        if (!carrier.send(SelectiveWire.DATA, flags, queue.memory(), queue.offset(piece), bytes)) {
            stall(nowNs);
            return false;
        }
        if (flags != 0) {
            receiver.onCarried();
        }
        onSent(nowNs, piece, bytes);
        if (piece == nextNew) {
            nextNew++;
            counters.sent++;
            trace.record(nowNs, DatagramTrace.Event.SENT, packet, piece, payloadBytes);
        } else {
            counters.resent++;
            trace.record(nowNs, DatagramTrace.Event.RESENT, packet, piece, payloadBytes);
            if (state[index(piece)] == LOST) {
                lostPieces--;
            }
        }
        latestPacket[index(piece)] = packet;
        state[index(piece)] = IN_FLIGHT;
        return true;
    }

    private void stall(final long nowNs) {
        isStalled = true;
        stalledNs = nowNs;
    }

    private void onSent(final long nowNs, final long piece, final int bytes) {
        packets.add(nowNs, piece, bytes);
        bytesInFlight += bytes;
        probeBaseNs = nowNs;
        congestion.onSent(nowNs, bytes, bytesInFlight);
        if (options.paces()) {
            pacer(nowNs).onSent(nowNs, bytes);
        }
    }

    /** Begins to read an acknowledgement: the credit and the greatest number in it. False if it cannot be. */
    boolean isPossible(final long greatest) {
        return greatest < packets.next();
    }

    long expand(final int wire) {
        return WireNumber.expand(wire, packets.next());
    }

    void onCredit(final int wire) {
        final long seen = WireNumber.expand(wire, credit);
        // Beyond what one window allows it was made up.
        if (seen > credit && seen <= nextNew + queue.capacity() + (long) mask) {
            credit = seen;
        }
    }

    /** A range of packet numbers has come. */
    void onRange(final long low, final long high, final long greatest, final long heldNs, final long nowNs) {
        final long lowest = Math.max(low, packets.oldestOpen());
        for (long packet = Math.min(high, packets.next() - 1); packet >= lowest; packet--) {
            final byte was = packets.state(packet);
            if (was == SentPackets.IN_FLIGHT || was == SentPackets.LOST) {
                onAcknowledged(packet, was, packet == greatest, heldNs, nowNs);
            }
        }
        greatestAcked = Math.max(greatestAcked, greatest);
    }

    private void onAcknowledged(
            final long packet, final byte was, final boolean isGreatest, final long heldNs, final long nowNs) {
        packets.state(packet, SentPackets.ACKNOWLEDGED);
        final long sentNs = packets.sentNs(packet);
        final int bytes = packets.bytes(packet);
        if (isGreatest) {
            rtt.onSample(nowNs - sentNs, heldNs, options.maxAckDelayNs());
        }
        if (!hasAcked || sentNs - lastAckedSentNs > 0) {
            hasAcked = true;
            lastAckedSentNs = sentNs;
        }
        timeouts = 0;
        if (was == SentPackets.IN_FLIGHT) {
            bytesInFlight -= bytes;
            congestion.onAcknowledged(nowNs, bytes, sentNs, isWindowLimited, rtt);
        } else {
            congestion.onSpuriousLoss(nowNs, bytes, sentNs);
        }
        final long piece = packets.piece(packet);
        if (piece == SentPackets.NO_PIECE || piece < queue.first()) {
            if (was == SentPackets.LOST && piece != SentPackets.NO_PIECE) {
                counters.spurious++;
            }
            return;
        }
        final int at = index(piece);
        if (was == SentPackets.LOST && latestPacket[at] != packet) {
            counters.spurious++; // it had come after all, and was sent again
        }
        if (state[at] == ACKNOWLEDGED) {
            return;
        }
        if (state[at] == LOST) {
            lostPieces--;
        }
        state[at] = ACKNOWLEDGED;
        trace.record(nowNs, DatagramTrace.Event.ACKNOWLEDGED, packet, piece, queue.length(piece));
    }

    /** Ends the reading of an acknowledgement: frees what is done, finds what is lost, and sends on. */
    void onAckEnd(final long nowNs) {
        long first = queue.first();
        while (first < nextNew && state[index(first)] == ACKNOWLEDGED) {
            first++;
        }
        if (first > queue.first()) {
            queue.release(first);
            lostFrom = Math.max(lostFrom, first);
        }
        detectLost(nowNs);
        if (bytesInFlight == 0) {
            probeBaseNs = Mechanism.NEVER;
        }
        transmit(nowNs);
    }

    /** RFC 9002 section 6.1, and appendix A.10. */
    private void detectLost(final long nowNs) {
        lossDeadlineNs = Mechanism.NEVER;
        final long lossDelayNs = rtt.lossDelayNs(options.granularityNs());
        long lostBytes = 0;
        long earliestNs = 0;
        long latestNs = 0;
        for (long packet = packets.oldestInFlight(); packet < greatestAcked; packet++) {
            if (packets.state(packet) != SentPackets.IN_FLIGHT) {
                continue;
            }
            final long sentNs = packets.sentNs(packet);
            if (packet <= greatestAcked - PACKET_THRESHOLD || nowNs - sentNs >= lossDelayNs) {
                earliestNs = lostBytes == 0 ? sentNs : earliestNs;
                latestNs = sentNs;
                lostBytes += packets.bytes(packet);
                onLost(packet, nowNs);
            } else if (lossDeadlineNs == Mechanism.NEVER) {
                lossDeadlineNs = sentNs + lossDelayNs;
            }
        }
        if (lostBytes > 0) {
            congestion.onLost(nowNs, lostBytes, latestNs);
            final long persistentNs =
                    PERSISTENT_TIMEOUTS * rtt.probeTimeoutNs(options.granularityNs(), options.maxAckDelayNs());
            if (latestNs - earliestNs > persistentNs && (!hasAcked || lastAckedSentNs - earliestNs <= 0)) {
                congestion.onPersistentCongestion(nowNs);
                rtt.restartMinimum();
            }
        }
    }

    private void giveUp(final long packet, final long nowNs) {
        onLost(packet, nowNs);
        congestion.onLost(nowNs, packets.bytes(packet), packets.sentNs(packet));
    }

    private void onLost(final long packet, final long nowNs) {
        packets.state(packet, SentPackets.LOST);
        bytesInFlight -= packets.bytes(packet);
        final long piece = packets.piece(packet);
        if (piece == SentPackets.NO_PIECE || piece < queue.first()) {
            return;
        }
        trace.record(nowNs, DatagramTrace.Event.LOST, packet, piece, queue.length(piece));
        final int at = index(piece);
        if (latestPacket[at] == packet && state[at] == IN_FLIGHT) {
            state[at] = LOST;
            lostPieces++;
            lostFrom = Math.min(lostFrom, piece);
        }
    }

    void onTime(final long nowNs) {
        if (Deadlines.isDue(lossDeadlineNs, nowNs)) {
            detectLost(nowNs);
        } else if (Deadlines.isDue(probeDeadlineNs(), nowNs)) {
            timeouts++;
            counters.timeouts++;
            trace.record(nowNs, DatagramTrace.Event.TIMEOUT, -1, queue.first(), timeouts);
            probe(nowNs);
        }
        transmit(nowNs);
    }

    /** Something that the peer must answer: the oldest piece that may be lost and the newest, else a question. Section 6.2.4. */
    private void probe(final long nowNs) {
        final long oldest = firstUnacknowledged();
        if (oldest < nextNew) {
            final long newest = lastUnacknowledged();
            if (sendPiece(oldest, nowNs) && newest > oldest) {
                sendPiece(newest, nowNs);
            }
        } else {
            sendQuestion(nowNs);
        }
        if (isStalled) {
            probeBaseNs = nowNs;
        }
    }

    private long firstUnacknowledged() {
        long piece = queue.first();
        while (piece < nextNew && state[index(piece)] == ACKNOWLEDGED) {
            piece++;
        }
        return piece;
    }

    private long lastUnacknowledged() {
        long piece = nextNew - 1;
        while (state[index(piece)] == ACKNOWLEDGED) {
            piece--;
        }
        return piece;
    }

    private void sendQuestion(final long nowNs) {
        if (!packets.hasRoom()) {
            giveUp(packets.lowest(), nowNs);
        }
        final UnsafeBuffer view = probe.view();
        view.putInt(Wire.HEADER_BYTES + SelectiveWire.PACKET, (int) packets.next(), ByteOrder.LITTLE_ENDIAN);
        view.putInt(Wire.HEADER_BYTES + SelectiveWire.PIECE, (int) nextNew, ByteOrder.LITTLE_ENDIAN);
        receiver.putCredit(view, Wire.HEADER_BYTES);
        final int bytes = Wire.HEADER_BYTES + SelectiveWire.PROBE_BYTES;
        if (carrier.send(SelectiveWire.PROBE, 0, probe, 0, bytes)) {
            onSent(nowNs, SentPackets.NO_PIECE, bytes);
            counters.probesSent++;
        } else {
            stall(nowNs);
        }
    }

    private long probeDeadlineNs() {
        if (probeBaseNs == Mechanism.NEVER) {
            return Mechanism.NEVER;
        }
        final long timeoutNs = rtt.probeTimeoutNs(options.granularityNs(), options.maxAckDelayNs());
        final long backedOffNs = timeoutNs << Math.min(timeouts, MOST_DOUBLINGS);
        return probeBaseNs + Math.max(timeoutNs, Math.min(backedOffNs, LONGEST_BACKED_OFF_NS));
    }

    long deadlineNs() {
        if (isStalled) {
            return stalledNs;
        }
        final long timerNs = lossDeadlineNs == Mechanism.NEVER ? probeDeadlineNs() : lossDeadlineNs;
        return Deadlines.earlier(timerNs, paceDeadlineNs);
    }

    boolean isDrained() {
        return queue.isEmpty();
    }

    RttEstimator rtt() {
        return rtt;
    }

    CongestionControl congestion() {
        return congestion;
    }

    private int index(final long number) {
        return (int) number & mask;
    }
}
