package io.fizeau.transports.datagram.session;

import io.fizeau.core.random.SplitMix64;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.transports.datagram.wire.Memory;
import io.fizeau.transports.datagram.wire.Wire;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where peers connect to: knows whose datagrams are whose, lets in who has shown its address, and keeps nothing for others. Without
 * socket, thread or clock.
 *
 * <p>Used by one thread at a time. For a datagram of an unknown sender it sends at most one, which is no longer.
 */
public final class ListeningEndpoint {
    private static final int MOST_REMEMBERED = 1 << 16;

    private final SessionSettings settings;
    private final DatagramOut out;
    private final Acceptor acceptor;
    private final SessionTools tools;
    private final Cookies cookies;
    private final int maxSessions;
    private final Long2ObjectHashMap<Session> sessions = new Long2ObjectHashMap<>();
    private final LongHashSet ended = new LongHashSet();
    private final ArrayDeque<long[]> endings = new ArrayDeque<>(); // connection id and until when
    private final Memory control = Memory.onHeap(Handshake.LONGEST_BYTES);
    private final byte[] cookie = new byte[Handshake.COOKIE_BYTES];
    private long numberSeed;

    /** Makes users for sessions. */
    @FunctionalInterface
    public interface Acceptor {
        /**
         * A peer is let in.
         *
         * @param remote where it is.
         * @return who is told about it, or null to refuse it.
         */
        @Nullable
        Accepted onAccept(InetSocketAddress remote);
    }

    /** A user that needs its session. */
    public interface Accepted extends SessionUser {
        /**
         * This is the session; the call before {@link #onOpen()}.
         *
         * @param session the session.
         */
        void onSession(Session session);
    }

    /**
     * Makes one.
     *
     * @param settings what its sessions have in common.
     * @param key for cookies: 32 bytes that nobody can guess.
     * @param numberSeed bits from which first numbers follow.
     * @param maxSessions how many there may be at once.
     * @param out where datagrams leave.
     * @param acceptor is asked for each peer that is let in.
     * @param tools what the sessions of a thread share.
     */
    public ListeningEndpoint(
            final SessionSettings settings,
            final byte[] key,
            final long numberSeed,
            final int maxSessions,
            final DatagramOut out,
            final Acceptor acceptor,
            final SessionTools tools) {
        this.settings = settings;
        this.cookies = new Cookies(key);
        this.numberSeed = numberSeed;
        this.maxSessions = maxSessions;
        this.out = out;
        this.acceptor = acceptor;
        this.tools = tools;
    }

    /**
     * A datagram came.
     *
     * @param from whence.
     * @param memory where it lies.
     * @param offset where it begins.
     * @param length its bytes.
     * @param isListening whether new peers are let in.
     * @param nowNs the time.
     * @return the session whose it is, or null if it is of none.
     */
    public @Nullable Session onDatagram(
            final InetSocketAddress from,
            final Memory memory,
            final int offset,
            final int length,
            final boolean isListening,
            final long nowNs) {
        switch (tools.wire().check(memory, offset, length, settings.kind().protocol())) {
            case TRUNCATED -> tools.counters().truncated++;
            case FOREIGN -> tools.counters().foreign++;
            case CORRUPT -> tools.counters().corrupt++;
            case GOOD -> {
                return onGood(from, memory, offset, length, isListening, nowNs);
            }
        }
        return null;
    }

    private @Nullable Session onGood(
            final InetSocketAddress from,
            final Memory memory,
            final int offset,
            final int length,
            final boolean isListening,
            final long nowNs) {
        final long connectionId = Wire.connectionId(memory.view(), offset);
        final byte type = Wire.type(memory.view(), offset);
        final Session session = sessions.get(connectionId);
        if (session != null) {
            if (!session.remote().equals(from)) {
                tools.counters().wrongAddress++;
                return null;
            }
            if (type == Wire.OPEN) {
                session.sendAccept(); // the first one was lost
            } else {
                session.onGood(memory.view(), offset, length, nowNs);
            }
            if (session.state() == ConnectionState.CLOSED) {
                forget(session, nowNs);
            }
            return session;
        }
        if (type != Wire.OPEN) {
            tools.counters().unknown++;
            if (type != Wire.RESET && type != Wire.CLOSE) {
                answer(from, ended.contains(connectionId) ? Wire.CLOSE : Wire.RESET, 0, connectionId);
            }
        } else if (length != Wire.HEADER_BYTES + Handshake.OPEN_BYTES) {
            tools.counters().malformed++;
        } else if (isListening) {
            return onOpen(from, connectionId, memory.view(), offset + Wire.HEADER_BYTES, nowNs);
        }
        return null;
    }

    private @Nullable Session onOpen(
            final InetSocketAddress from,
            final long connectionId,
            final UnsafeBuffer buffer,
            final int body,
            final long nowNs) {
        forgetEnded(nowNs);
        Handshake.getCookie(buffer, body, cookie);
        switch (cookies.check(cookie, nowNs, from, connectionId, buffer, body)) {
            case FORGED -> tools.counters().forged++;
            case STALE -> {
                tools.counters().stale++;
                challenge(from, connectionId, buffer, body, nowNs);
            }
            case NONE -> challenge(from, connectionId, buffer, body, nowNs);
            case GOOD -> {
                return admit(from, connectionId, buffer, body, nowNs);
            }
        }
        return null;
    }

    private void challenge(
            final InetSocketAddress from,
            final long connectionId,
            final UnsafeBuffer buffer,
            final int body,
            final long nowNs) {
        if (!Handshake.fits(buffer, body, settings)) {
            refuse(from, connectionId, Handshake.OPTIONS_DIFFER);
            return;
        }
        control.view().putBytes(Wire.HEADER_BYTES, cookies.bake(nowNs, from, connectionId, buffer, body));
        answer(from, Wire.CHALLENGE, Handshake.CHALLENGE_BYTES, connectionId);
    }

    private @Nullable Session admit(
            final InetSocketAddress from,
            final long connectionId,
            final UnsafeBuffer buffer,
            final int body,
            final long nowNs) {
        if (ended.contains(connectionId)) {
            tools.counters().unknown++;
            answer(from, Wire.CLOSE, 0, connectionId);
            return null;
        }
        final Accepted user =
                sessions.size() < maxSessions && ended.size() < MOST_REMEMBERED ? acceptor.onAccept(from) : null;
        if (user == null) {
            refuse(from, connectionId, Handshake.NO_ROOM);
            return null;
        }
        numberSeed = SplitMix64.mix(numberSeed);
        final Session session = Session.accept(settings, from, connectionId, (int) numberSeed, out, user, tools, nowNs);
        sessions.put(connectionId, session);
        user.onSession(session);
        if (session.state() == ConnectionState.CONNECTING) { // else the user has closed it at once
            session.accepted(Handshake.first(buffer, body), Math.max(1, nowNs - Cookies.bakedNs(cookie)), nowNs);
        }
        if (session.state() == ConnectionState.CLOSED) {
            forget(session, nowNs);
        }
        return session;
    }

    private void refuse(final InetSocketAddress from, final long connectionId, final byte why) {
        tools.counters().refused++;
        control.view().putByte(Wire.HEADER_BYTES, why);
        answer(from, Wire.REFUSE, Handshake.REFUSE_BYTES, connectionId);
    }

    private void answer(final InetSocketAddress to, final byte type, final int bodyBytes, final long connectionId) {
        final int length = Wire.HEADER_BYTES + bodyBytes;
        tools.wire().seal(control, 0, length, settings.kind().protocol(), type, 0, connectionId);
        out.send(to, control, 0, length);
    }

    /**
     * A session has ended; datagrams that still come for it are answered with that, for a while.
     *
     * @param session the session.
     * @param nowNs the time.
     */
    public void forget(final Session session, final long nowNs) {
        if (sessions.remove(session.connectionId()) != null) {
            forgetEnded(nowNs);
            if (ended.add(session.connectionId())) {
                endings.add(new long[] {session.connectionId(), nowNs + SessionSettings.COOKIE_LIFE_NS});
            }
        }
    }

    private void forgetEnded(final long nowNs) {
        long[] oldest = endings.peek();
        while (oldest != null && nowNs - oldest[1] >= 0) {
            ended.remove(oldest[0]);
            endings.remove();
            oldest = endings.peek();
        }
    }

    /**
     * How many sessions there are.
     *
     * @return a count.
     */
    public int size() {
        return sessions.size();
    }

    /**
     * Visits all sessions; none may be forgotten meanwhile.
     *
     * @param visitor gets each.
     */
    public void forEach(final Consumer<Session> visitor) {
        sessions.values().forEach(visitor);
    }
}
