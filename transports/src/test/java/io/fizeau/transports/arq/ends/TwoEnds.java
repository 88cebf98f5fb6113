package io.fizeau.transports.arq.ends;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Fate;
import io.fizeau.core.impair.ImpairedPath;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.PathLimits;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Deadlines;
import io.fizeau.transports.datagram.session.ListeningEndpoint;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.Session;
import io.fizeau.transports.datagram.session.SessionSettings;
import io.fizeau.transports.datagram.session.SessionTools;
import io.fizeau.transports.datagram.wire.Memory;
import io.fizeau.transports.datagram.wire.Wire;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A client and a server in one thread and virtual time, with an impaired path each way, and a watcher who may lose datagrams. */
public final class TwoEnds {
    /** The longest message. */
    public static final int MAX_MESSAGE_BYTES = 20_000;

    /** The longest datagram. */
    public static final int MAX_DATAGRAM_BYTES = 1_000;

    private static final long MOST_STEPS = 20_000_000;
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);

    /** Sees each datagram before it enters a path. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * A datagram leaves.
         *
         * @param from who sends it.
         * @param type its type.
         * @param buffer where it lies, header and all, from 0 on.
         * @return whether it may enter the path.
         */
        boolean mayPass(End from, byte type, UnsafeBuffer buffer);
    }

    /**
     * What the trace was told.
     *
     * @param nowNs when.
     * @param what what.
     * @param number by the event.
     * @param sequence by the event.
     * @param length by the event.
     */
    public record Happening(long nowNs, DatagramTrace.Event what, long number, long sequence, int length) {}

    private final ImpairedPath toServer;
    private final ImpairedPath toClient;
    private final Memory arrived;
    private final ListeningEndpoint listening;
    private final End client;
    private final End server;
    private Watcher watcher = (from, type, buffer) -> true;
    private long nowNs = 1L << 60; // a clock may begin anywhere

    /**
     * Two ends that are not connected yet.
     *
     * @param kind the mechanism.
     * @param window pieces.
     * @param gathers whether messages wait for a flush.
     * @param impairment of the link.
     * @param firstNumber of what the client sends.
     */
    public TwoEnds(
            final MechanismKind kind,
            final int window,
            final boolean gathers,
            final String impairment,
            final int firstNumber) {
        this(
                new SessionSettings(
                        kind,
                        MAX_MESSAGE_BYTES,
                        MAX_DATAGRAM_BYTES,
                        window,
                        gathers,
                        false,
                        TimeUnit.SECONDS.toNanos(5),
                        TimeUnit.SECONDS.toNanos(20)),
                impairment,
                firstNumber);
    }

    /**
     * Two ends that are not connected yet.
     *
     * @param settings of both.
     * @param impairment of the link.
     * @param firstNumber of what the client sends.
     */
    public TwoEnds(final SessionSettings settings, final String impairment, final int firstNumber) {
        arrived = Memory.onHeap(settings.maxDatagramBytes());
        final Impairment link = Impairment.parse(impairment);
        final PathLimits limits = new PathLimits(4096, settings.maxDatagramBytes(), 0, 0);
        toServer = link.path(Direction.TO_SERVER, limits);
        toClient = link.path(Direction.TO_CLIENT, limits);
        client = new End("client");
        server = new End("server");
        listening = new ListeningEndpoint(
                settings,
                new byte[32],
                7,
                1,
                (to, memory, offset, length) -> enter(server, memory, offset, length),
                remote -> server,
                server.tools);
        client.session = Session.connect(
                settings,
                SERVER,
                new long[] {0x1234_5678_9abc_def0L, firstNumber},
                (to, memory, offset, length) -> enter(client, memory, offset, length),
                client,
                client.tools,
                nowNs);
    }

    /** Settings with messages and datagrams as long as the transports have them. */
    public static SessionSettings settings(final MechanismKind kind, final int window) {
        final long patienceNs = TimeUnit.SECONDS.toNanos(5);
        return new SessionSettings(kind, 64 << 10, 1_472, window, false, false, patienceNs, patienceNs);
    }

    /** One end, which takes all messages unless told otherwise. */
    public static final class End implements ListeningEndpoint.Accepted {
        private final String name;
        private final List<Happening> happenings = new ArrayList<>();
        private final SessionTools tools;
        private final List<byte[]> received = new ArrayList<>();
        private final List<byte[]> sent = new ArrayList<>();
        private @Nullable Session session;
        private boolean isStalled;
        private boolean isSocketFull;
        private boolean isLost;
        private Runnable onMessage = () -> {};

        End(final String name) {
            this.name = name;
            this.tools = SessionTools.with((now, event, number, sequence, length) ->
                    happenings.add(new Happening(now, event, number, sequence, length)));
        }

        @Override
        public void onSession(final Session accepted) {
            session = accepted;
        }

        @Override
        public void onOpen() {}

        @Override
        public boolean onMessage(final DirectBuffer buffer, final int offset, final int length) {
            if (isStalled) {
                return false;
            }
            final byte[] message = new byte[length];
            buffer.getBytes(offset, message);
            received.add(message);
            onMessage.run();
            return true;
        }

        @Override
        public void onClosed(final CloseReason reason) {
            isLost = true;
        }

        /** Its session. */
        public Session session() {
            return Objects.requireNonNull(session);
        }

        /** Its mechanism. */
        public Mechanism mechanism() {
            return Objects.requireNonNull(session().mechanism());
        }

        /** Its counters. */
        public SessionTools tools() {
            return tools;
        }

        /** What came. */
        public List<byte[]> received() {
            return received;
        }

        /** What was accepted for sending. */
        public List<byte[]> sent() {
            return sent;
        }

        /** Whether it ended but not by its own wish. */
        public boolean isLost() {
            return isLost;
        }

        /** Lets it take messages, or not. */
        public void stall(final boolean isOn) {
            isStalled = isOn;
        }

        /** Lets its socket take nothing. */
        public void fillSocket(final boolean isOn) {
            isSocketFull = isOn;
        }

        /** What it does at each message. */
        public void onMessage(final Runnable action) {
            onMessage = action;
        }

        /** What its trace was told of one kind. */
        public List<Happening> all(final DatagramTrace.Event what) {
            return happenings.stream().filter(each -> each.what() == what).toList();
        }

        /** All that its trace was told. */
        public List<Happening> happenings() {
            return happenings;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The end that connects. */
    public End client() {
        return client;
    }

    /** The end that listens. */
    public End server() {
        return server;
    }

    /** The time. */
    public long nowNs() {
        return nowNs;
    }

    /** Who sees each datagram that leaves from now on. */
    public void watch(final Watcher who) {
        watcher = who;
    }

    /** Connects them, and waits until nothing of that is on the way. */
    public TwoEnds connected() {
        until(() -> client.session().state() == ConnectionState.OPEN);
        until(() -> toServer.nextReleaseNs() == Long.MAX_VALUE && toClient.nextReleaseNs() == Long.MAX_VALUE);
        return this;
    }

    /** Sends a message whose bytes follow from its length and its index. */
    public SendStatus send(final End from, final int length) {
        final byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) (from.sent.size() * 31 + i * 7);
        }
        final SendStatus status = from.session().send(new UnsafeBuffer(message), 0, length, nowNs);
        if (status == SendStatus.ACCEPTED) {
            from.sent.add(message);
        }
        return status;
    }

    /** Sends many, each as soon as there is room. */
    public void sendAll(final End from, final int count, final int length) {
        for (int i = 0; i < count; i++) {
            until(() -> send(from, length) == SendStatus.ACCEPTED);
        }
    }

    /** Lets an end take what waits. */
    public void deliver(final End end) {
        end.session().deliver(nowNs);
        drive(end);
    }

    /** Hands a datagram's body to an end's mechanism, as if it had come. */
    public boolean inject(final End end, final int type, final int flags, final byte[] body) {
        final boolean isKnown =
                end.mechanism().onDatagram((byte) type, flags, new UnsafeBuffer(body), 0, body.length, nowNs);
        drive(end);
        return isKnown;
    }

    /** Lets a time pass. */
    public void forNs(final long ns) {
        final long endNs = nowNs + ns;
        while (step(endNs)) {
            // All that happens until then.
        }
        nowNs = endNs;
    }

    /** Lets time pass until something holds. */
    public void until(final BooleanSupplier condition) {
        for (long steps = 0; !condition.getAsBoolean(); steps++) {
            if (steps > MOST_STEPS || !step(nowNs + TimeUnit.MINUTES.toNanos(1))) {
                throw new AssertionError("nothing happens any more at " + nowNs + ": client "
                        + client.tools.arqCounters().values() + ", server "
                        + server.tools.arqCounters().values());
            }
        }
    }

    /** Lets time pass until all that was sent has been taken, and the senders know. */
    public void untilQuiet() {
        until(() -> server.received.size() == client.sent.size()
                && client.received.size() == server.sent.size()
                && client.mechanism().isDrained()
                && server.mechanism().isDrained());
    }

    private boolean step(final long latestNs) {
        long dueNs = Deadlines.earlier(toServer.nextReleaseNs(), toClient.nextReleaseNs());
        dueNs = Deadlines.earlier(dueNs, client.session().deadlineNs());
        if (server.session != null) {
            dueNs = Deadlines.earlier(dueNs, server.session().deadlineNs());
        }
        if (dueNs == Mechanism.NEVER || dueNs - latestNs > 0) {
            return false;
        }
        // A full socket asks for the same instant again and again.
        nowNs = Math.max(dueNs, client.isSocketFull || server.isSocketFull ? nowNs + 1_000 : nowNs);
        toServer.poll(nowNs, (buffer, offset, length) -> {
            arrived.view().putBytes(0, buffer, offset, length);
            listening.onDatagram(CLIENT, arrived, 0, length, true, nowNs);
            return true;
        });
        toClient.poll(nowNs, (buffer, offset, length) -> {
            arrived.view().putBytes(0, buffer, offset, length);
            client.session().onDatagram(arrived, 0, length, nowNs);
            return true;
        });
        drive(client);
        if (server.session != null) {
            drive(server);
        }
        return true;
    }

    private void drive(final End end) {
        if (Deadlines.isDue(end.session().deadlineNs(), nowNs)) {
            end.session().onTime(nowNs);
        }
    }

    private boolean enter(final End from, final Memory memory, final int offset, final int length) {
        if (from.isSocketFull) {
            return false;
        }
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, memory.view(), offset, length);
        final byte type = Wire.type(copy, 0);
        if (type < Wire.FIRST_OF_MECHANISM || watcher.mayPass(from, type, copy)) {
            final Fate fate = (from == client ? toServer : toClient).offer(nowNs, copy, 0, length);
            assert fate != Fate.OVERFLOW : "the path has too little room";
        }
        return true;
    }
}
