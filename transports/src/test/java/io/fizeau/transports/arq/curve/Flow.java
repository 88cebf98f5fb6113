package io.fizeau.transports.arq.curve;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Fate;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Memory;
import java.util.function.LongPredicate;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The two machines of one connection, a source of messages of one piece each, and what became of each piece. */
public final class Flow {
    /** Where the flow's index is, in the header that no session writes here. */
    private static final int INDEX = 8;

    private static final int TYPE = 0;
    private static final int FLAGS = 4;
    private static final int HEADER = 16;
    private static final int LENGTH_BYTES = 4;

    private final Network network;
    private final int index;
    private final Side client;
    private final Side server;
    private final PieceLog log;
    private final UnsafeBuffer message;
    private LongPredicate gate = number -> true;

    private long gapNs;
    private long nextMessageNs = Mechanism.NEVER;
    private long messagesLeft;
    private boolean isHeldBack; // by the machine: it is tried again after whatever happens next
    private long offered;
    private long delivered;

    Flow(final Network network, final int index, final MechanismKind kind, final MechanismSettings settings) {
        this.network = network;
        this.index = index;
        this.log = new PieceLog(settings.firstSent());
        this.message = new UnsafeBuffer(new byte[settings.maxDatagramBytes() - kind.overheadBytes() - LENGTH_BYTES]);
        final MechanismSettings mirrored = new MechanismSettings(
                settings.maxMessageBytes(),
                settings.maxDatagramBytes(),
                settings.windowDatagrams(),
                settings.gathers(),
                settings.isDirect(),
                settings.firstReceived(),
                settings.firstSent(),
                settings.initialRttNs());
        this.client = new Side(Direction.TO_SERVER, kind, settings);
        this.server = new Side(Direction.TO_CLIENT, kind, mirrored);
    }

    /** Sends as much as the machine takes, from now on. */
    public void saturate() {
        send(Long.MAX_VALUE, 0);
    }

    /** Sends so many messages, one after each gap; the first at once. */
    public void send(final long messages, final long gap) {
        messagesLeft = messages;
        gapNs = gap;
        nextMessageNs = network.nowNs();
    }

    /** Decides which datagrams of data pass, by their index from 0; the link decides as well. */
    public void gate(final LongPredicate newGate) {
        gate = newGate;
    }

    /** Messages that came. */
    public long delivered() {
        return delivered;
    }

    /** What became of the pieces. */
    public PieceLog log() {
        return log;
    }

    /** What the sending end counts. */
    public ArqCounters counters() {
        return client.counters;
    }

    /** The sending end. */
    public Mechanism mechanism() {
        return client.mechanism;
    }

    static int indexOf(final DirectBuffer datagram) {
        return datagram.getInt(INDEX);
    }

    void arrived(final Direction direction, final UnsafeBuffer datagram, final int length) {
        final Side side = direction == Direction.TO_SERVER ? server : client;
        final boolean isKnown = side.mechanism.onDatagram(
                (byte) datagram.getInt(TYPE),
                datagram.getInt(FLAGS),
                datagram,
                HEADER,
                length - HEADER,
                network.nowNs());
        if (!isKnown) {
            throw new AssertionError("a datagram was refused");
        }
    }

    /** When something is due. */
    long nextNs(final long freeNs) {
        return Math.min(
                isHeldBack ? Mechanism.NEVER : nextMessageNs, Math.min(client.nextNs(freeNs), server.nextNs(freeNs)));
    }

    /** Does what is due; true if there was something. */
    boolean serve(final long freeNs) {
        boolean isActive = false;
        if (Network.isDue(nextMessageNs, network.nowNs())) {
            isActive = produce();
        }
        for (final Side side : new Side[] {client, server}) {
            if (Network.isDue(side.nextNs(freeNs), network.nowNs())) {
                side.onTime();
                isActive = true;
            }
        }
        return isActive;
    }

    private boolean produce() {
        boolean isAny = false;
        isHeldBack = false;
        while (messagesLeft > 0 && nextMessageNs <= network.nowNs()) {
            message.putLong(0, offered);
            if (client.mechanism.offer(message, 0, message.capacity(), network.nowNs()) != SendStatus.ACCEPTED) {
                isHeldBack = true;
                return isAny;
            }
            offered++;
            messagesLeft--;
            nextMessageNs += gapNs;
            isAny = true;
        }
        if (messagesLeft == 0) {
            nextMessageNs = Mechanism.NEVER;
        }
        return isAny;
    }

    private final class Side implements Carrier {
        final ArqCounters counters = new ArqCounters();
        final Mechanism mechanism;
        private final Direction direction;
        private long sent;
        private boolean isRefused;
        private long pollNs;
        private boolean isLost;

        Side(final Direction direction, final MechanismKind kind, final MechanismSettings settings) {
            this.direction = direction;
            this.mechanism = kind.create(settings, this, counters, this::record);
        }

        long nextNs(final long freeNs) {
            final long deadlineNs = mechanism.deadlineNs();
            return isRefused && network.isBusy() ? Math.min(freeNs, pollNs) : deadlineNs;
        }

        void onTime() {
            pollNs = network.nowNs() + network.pollNs();
            mechanism.onTime(network.nowNs());
        }

        private void record(
                final long nowNs,
                final DatagramTrace.Event event,
                final long number,
                final long sequence,
                final int length) {
            switch (event) {
                case SENT -> log.sent(sequence, nowNs, isLost);
                case RESENT -> log.resent(sequence, isLost);
                case RECEIVED, RESTORED -> log.received(sequence, nowNs);
                default -> {
                    // of no interest here
                }
            }
        }

        @Override
        public boolean send(final byte type, final int flags, final Memory memory, final int offset, final int length) {
            isRefused = direction == Direction.TO_SERVER && network.isBusy();
            if (isRefused) {
                return false;
            }
            final UnsafeBuffer view = memory.view();
            view.putInt(offset + TYPE, type);
            view.putInt(offset + FLAGS, flags);
            view.putInt(offset + INDEX, index);
            final boolean isGated = direction == Direction.TO_SERVER && !gate.test(sent);
            sent++;
            isLost = network.offer(direction, view, offset, length, isGated) != Fate.HELD;
            return true;
        }

        @Override
        public boolean deliver(final DirectBuffer buffer, final int offset, final int length) {
            if (length != message.capacity() || buffer.getLong(offset) != delivered) {
                throw new AssertionError("message " + delivered + " did not come in order and whole");
            }
            delivered++;
            return true;
        }

        @Override
        public void fail(final CloseReason reason, final long nowNs) {
            throw new AssertionError("the connection failed: " + reason);
        }
    }
}
