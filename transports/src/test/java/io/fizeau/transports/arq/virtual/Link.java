package io.fizeau.transports.arq.virtual;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.ImpairedPath;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.PacketSink;
import io.fizeau.core.impair.PathLimits;
import io.fizeau.transports.datagram.session.DatagramOut;
import io.fizeau.transports.datagram.wire.Memory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Two impaired paths between two addresses, in the time of a {@link Clock}; what is sent elsewhere is only counted. */
final class Link {
    private static final int LONGEST = 1 << 16;

    /** The time, of which there is one for all. */
    static final class Clock {
        long nowNs;
    }

    /** Takes what arrives. */
    interface Arrival {
        void onDatagram(Memory memory, int length);
    }

    final InetSocketAddress client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    final InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);
    final Map<InetSocketAddress, Long> bytesElsewhere = new HashMap<>();
    final Map<InetSocketAddress, Long> datagramsElsewhere = new HashMap<>();

    private final Clock clock;
    private final PathLimits limits;
    private ImpairedPath up;
    private ImpairedPath down;
    private final Dice socket;
    private final int socketRefusesPpm;
    private final int batch;
    private final Memory arrived = Memory.onHeap(LONGEST);
    private final List<Observer> observers = new ArrayList<>();
    private final PacketSink toServer;
    private final PacketSink toClient;
    private boolean isUpCut;
    private boolean isDownCut;
    private int room;

    Link(final Schedule schedule, final Clock clock, final Arrival atServer, final Arrival atClient) {
        this.clock = clock;
        limits = schedule.limits();
        up = schedule.impairment().path(Direction.TO_SERVER, limits);
        down = schedule.impairment().path(Direction.TO_CLIENT, limits);
        socket = new Dice(schedule.seed() ^ 1);
        socketRefusesPpm = schedule.socketRefusesPpm();
        batch = schedule.batch();
        toServer = (buffer, offset, length) -> hand(buffer, offset, length, atServer);
        toClient = (buffer, offset, length) -> hand(buffer, offset, length, atClient);
    }

    void observe(final Observer observer) {
        observers.add(observer);
    }

    /** From now on what is sent this way is lost, or no more so. */
    void cut(final Direction direction, final boolean isCut) {
        if (direction == Direction.TO_SERVER) {
            isUpCut = isCut;
        } else {
            isDownCut = isCut;
        }
    }

    /** From now on the link is another one; what is on its way is lost. */
    void become(final Impairment impairment) {
        up = impairment.path(Direction.TO_SERVER, limits);
        down = impairment.path(Direction.TO_CLIENT, limits);
    }

    ImpairedPath path(final Direction direction) {
        return direction == Direction.TO_SERVER ? up : down;
    }

    /** Where an end's datagrams leave. */
    DatagramOut out(final Direction direction) {
        final InetSocketAddress peer = direction == Direction.TO_SERVER ? server : client;
        return (to, memory, offset, length) -> {
            if (socket.hits(socketRefusesPpm)) {
                return false;
            }
            if (to.equals(peer)) {
                send(direction, memory.view(), offset, length);
            } else {
                bytesElsewhere.merge(to, (long) length, Long::sum);
                datagramsElsewhere.merge(to, 1L, Long::sum);
            }
            return true;
        };
    }

    private void send(final Direction direction, final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < observers.size(); i++) {
            observers.get(i).onDatagram(clock.nowNs, direction, buffer, offset, length);
        }
        if (!(direction == Direction.TO_SERVER ? isUpCut : isDownCut)) {
            path(direction).offer(clock.nowNs, buffer, offset, length);
        }
    }

    /** Hands a batch of what is due to each end. */
    void pollServer() {
        room = batch;
        up.poll(clock.nowNs, toServer);
    }

    void pollClient() {
        room = batch;
        down.poll(clock.nowNs, toClient);
    }

    private boolean hand(final DirectBuffer buffer, final int offset, final int length, final Arrival arrival) {
        if (room == 0) {
            return false;
        }
        room--;
        arrived.view().putBytes(0, buffer, offset, length);
        arrival.onDatagram(arrived, length);
        return true;
    }

    boolean isEmpty() {
        return up.nextReleaseNs() == Long.MAX_VALUE && down.nextReleaseNs() == Long.MAX_VALUE;
    }
}
