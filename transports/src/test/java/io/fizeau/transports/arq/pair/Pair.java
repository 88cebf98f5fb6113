package io.fizeau.transports.arq.pair;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.ImpairedPath;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.PathLimits;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.ListeningEndpoint;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.Session;
import io.fizeau.transports.datagram.session.SessionSettings;
import io.fizeau.transports.datagram.session.SessionTools;
import io.fizeau.transports.datagram.wire.Memory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A client, a server and a link between them, in virtual time. Datagrams pass a {@link Gate} before the link, so that a test can take out
 * just the one it means.
 */
public final class Pair {
    /** One event of a trace. */
    public record Step(long nowNs, DatagramTrace.Event event, long number, long sequence, int length) {}

    /** A message that came: when, how long, its first byte, and whether the others are the same. */
    public record Came(long nowNs, int length, int value, boolean isUniform) {}

    /** Decides over single datagrams. */
    @FunctionalInterface
    public interface Gate {
        /** Whether a datagram passes; {@code index} counts those of its direction since the connection opened. */
        boolean passes(Direction direction, long index, DirectBuffer datagram, int offset, int length);
    }

    /** What an end knows. */
    public static final class End implements ListeningEndpoint.Accepted {
        public final List<Came> came = new ArrayList<>();
        public final List<Step> steps = new ArrayList<>();
        public final ArqCounters counters;
        public boolean refuses;
        public @Nullable CloseReason closed;
        public @Nullable Runnable onMessage;
        public @Nullable Session session;
        final SessionTools tools;
        private final Pair pair;

        End(final Pair pair) {
            this.pair = pair;
            tools = SessionTools.with((nowNs, event, number, sequence, length) ->
                    steps.add(new Step(nowNs, event, number, sequence, length)));
            counters = tools.arqCounters();
        }

        @Override
        public void onSession(final Session newSession) {
            session = newSession;
        }

        @Override
        public void onOpen() {}

        @Override
        public boolean onMessage(final DirectBuffer buffer, final int offset, final int length) {
            if (refuses) {
                return false;
            }
            boolean isUniform = true;
            for (int i = 1; i < length; i++) {
                isUniform &= buffer.getByte(offset + i) == buffer.getByte(offset);
            }
            came.add(new Came(pair.nowNs, length, length == 0 ? 0 : buffer.getByte(offset) & 0xff, isUniform));
            if (onMessage != null) {
                onMessage.run();
            }
            return true;
        }

        @Override
        public void onClosed(final CloseReason reason) {
            closed = reason;
        }

        /** Sends a message of so many bytes, each of which is {@code value}. */
        public SendStatus send(final int value, final int length) {
            final UnsafeBuffer message = new UnsafeBuffer(new byte[length]);
            message.setMemory(0, length, (byte) value);
            return Objects.requireNonNull(session).send(message, 0, length, pair.nowNs);
        }

        public List<Step> steps(final DatagramTrace.Event event) {
            return steps.stream().filter(step -> step.event() == event).toList();
        }
    }

    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);
    private static final long LAST_NS = 3_600_000_000_000L;

    public final End client = new End(this);
    public final End server = new End(this);
    public long nowNs = 1_000_000_000L;

    private final ImpairedPath toServer;
    private final ImpairedPath toClient;
    private final ListeningEndpoint endpoint;
    private final Memory arrival = Memory.onHeap(1 << 16);
    private final long[] sent = new long[2];
    private Gate gate = (direction, index, datagram, offset, length) -> true;

    public Pair(final String impairment, final SessionSettings settings, final long firstNumber) {
        final Impairment parsed = Impairment.parse(impairment);
        final PathLimits limits = new PathLimits(8_192, 2_048, 0, 0);
        toServer = parsed.path(Direction.TO_SERVER, limits);
        toClient = parsed.path(Direction.TO_CLIENT, limits);
        endpoint = new ListeningEndpoint(
                settings,
                new byte[32],
                5,
                4,
                (to, memory, offset, length) -> offer(Direction.TO_CLIENT, memory, offset, length),
                remote -> server,
                server.tools);
        client.session = Session.connect(
                settings,
                SERVER,
                new long[] {77, firstNumber},
                (to, memory, offset, length) -> offer(Direction.TO_SERVER, memory, offset, length),
                client,
                client.tools,
                nowNs);
        until(() -> server.session != null && client.session.mechanism() != null);
        sent[0] = 0;
        sent[1] = 0;
    }

    /** The usual settings. */
    public static SessionSettings settings(final MechanismKind kind, final int window) {
        return new SessionSettings(kind, 64 << 10, 1_472, window, false, false, 5_000_000_000L, 5_000_000_000L);
    }

    public void gate(final Gate newGate) {
        gate = newGate;
    }

    private boolean offer(final Direction direction, final Memory memory, final int offset, final int length) {
        final int at = direction == Direction.TO_SERVER ? 0 : 1;
        if (gate.passes(direction, sent[at]++, memory.view(), offset, length)) {
            (at == 0 ? toServer : toClient).offer(nowNs, memory.view(), offset, length);
        }
        return true;
    }

    /** Runs until a condition holds. */
    public void until(final BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (!step(LAST_NS)) {
                throw new AssertionError("nothing more happens, and what was awaited has not come");
            }
        }
    }

    /** Runs for a time. */
    public void pass(final long ns) {
        final long endNs = nowNs + ns;
        while (step(endNs)) {
            // on to the next event
        }
        nowNs = endNs;
    }

    private boolean step(final long endNs) {
        serve();
        final long nextNs = Math.min(
                Math.min(deadlineNs(client), deadlineNs(server)),
                Math.min(toServer.nextReleaseNs(), toClient.nextReleaseNs()));
        if (nextNs > endNs) {
            return false;
        }
        nowNs = Math.max(nowNs, nextNs);
        toServer.poll(nowNs, (buffer, offset, length) -> {
            arrival.view().putBytes(0, buffer, offset, length);
            endpoint.onDatagram(CLIENT, arrival, 0, length, true, nowNs);
            return true;
        });
        toClient.poll(nowNs, (buffer, offset, length) -> {
            arrival.view().putBytes(0, buffer, offset, length);
            Objects.requireNonNull(client.session).onDatagram(arrival, 0, length, nowNs);
            return true;
        });
        serve();
        return true;
    }

    private void serve() {
        for (final End end : List.of(client, server)) {
            if (deadlineNs(end) <= nowNs) {
                Objects.requireNonNull(end.session).onTime(nowNs);
            }
        }
    }

    private static long deadlineNs(final End end) {
        return end.session == null ? Long.MAX_VALUE : end.session.deadlineNs();
    }
}
