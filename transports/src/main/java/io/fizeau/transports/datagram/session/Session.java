package io.fizeau.transports.datagram.session;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.datagram.wire.Memory;
import io.fizeau.transports.datagram.wire.Wire;
import io.fizeau.transports.datagram.wire.WireNumber;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection over datagrams, without socket, thread or clock. It opens, asks a silent peer whether it is there, ends, and
 * leaves messages to its {@link Mechanism}.
 *
 * <p>Used by one thread at a time; times are ns of one clock that does not fall. Nothing that a peer sends makes it throw.
 */
public final class Session implements Carrier {
    private final SessionSettings settings;
    private final InetSocketAddress remote;
    private final long connectionId;
    private final DatagramOut out;
    private final SessionUser user;
    private final Wire wire;
    private final SessionTools tools;
    private final boolean isConnecting;
    private final Memory control = Memory.onHeap(Handshake.LONGEST_BYTES);
    private final byte[] cookie = new byte[Handshake.COOKIE_BYTES];
    private final int firstSent;

    private ConnectionState state = ConnectionState.CONNECTING;
    private @Nullable CloseReason reason;
    private @Nullable Mechanism mechanism;
    private long beganNs;
    private long openSentNs;
    private long openWaitNs = SessionSettings.FIRST_OPEN_WAIT_NS;
    private int openings; // OPENs since the first cookie came, or without one
    private boolean hasCookie;
    private long rttNs = SessionSettings.UNKNOWN_RTT_NS;
    private long lastReceivedNs;
    private long checkNs;

    private Session(
            final SessionSettings settings,
            final InetSocketAddress remote,
            final long connectionId,
            final int firstSent,
            final DatagramOut out,
            final SessionUser user,
            final SessionTools tools,
            final boolean isConnecting,
            final long nowNs) {
        this.settings = settings;
        this.remote = remote;
        this.connectionId = connectionId;
        this.firstSent = firstSent;
        this.out = out;
        this.user = user;
        this.tools = tools;
        this.wire = tools.wire();
        this.isConnecting = isConnecting;
        this.beganNs = nowNs;
        this.lastReceivedNs = nowNs;
        this.checkNs = nowNs;
    }

    /**
     * Begins to connect; the first datagram leaves with the first {@link #onTime}.
     *
     * @param settings what the node's sessions have in common.
     * @param remote where the peer listens.
     * @param random bits of which the connection id and the first number are made; nobody can guess them.
     * @param out where datagrams leave.
     * @param user is told.
     * @param tools what the sessions of a thread share.
     * @param nowNs the time.
     * @return a session that is connecting.
     */
    public static Session connect(
            final SessionSettings settings,
            final InetSocketAddress remote,
            final long[] random,
            final DatagramOut out,
            final SessionUser user,
            final SessionTools tools,
            final long nowNs) {
        return new Session(settings, remote, random[0], (int) random[1], out, user, tools, true, nowNs);
    }

    /** The listening end of a connection whose peer has shown its address. */
    static Session accept(
            final SessionSettings settings,
            final InetSocketAddress remote,
            final long connectionId,
            final int firstSent,
            final DatagramOut out,
            final SessionUser user,
            final SessionTools tools,
            final long nowNs) {
        return new Session(settings, remote, connectionId, firstSent, out, user, tools, false, nowNs);
    }

    /** Opens the listening end. */
    void accepted(final int peerFirst, final long measuredRttNs, final long nowNs) {
        rttNs = measuredRttNs;
        sendAccept();
        open(peerFirst, nowNs);
    }

    void sendAccept() {
        control.view().putInt(Wire.HEADER_BYTES, firstSent, ByteOrder.LITTLE_ENDIAN);
        sendControl(Wire.ACCEPT, Handshake.ACCEPT_BYTES);
    }

    private void open(final int peerFirst, final long nowNs) {
        mechanism = settings.kind()
                .create(
                        settings.agreed(WireNumber.first(firstSent), WireNumber.first(peerFirst), rttNs),
                        this,
                        tools.arqCounters(),
                        tools.traces().open(connectionId, isConnecting));
        state = ConnectionState.OPEN;
        lastReceivedNs = nowNs;
        checkNs = nowNs + settings.keepAliveNs();
        user.onOpen();
    }

    /**
     * Sends a message.
     *
     * @param buffer holds it; free again when this returns.
     * @param offset where it starts.
     * @param length its bytes.
     * @param nowNs the time.
     * @return what became of it.
     */
    public SendStatus send(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (length > settings.maxMessageBytes()) {
            return SendStatus.TOO_LONG;
        }
        final Mechanism open = mechanism;
        return open == null ? unopened() : open.offer(buffer, offset, length, nowNs);
    }

    /**
     * Sends what was gathered.
     *
     * @param nowNs the time.
     * @return whether all left.
     */
    public SendStatus flush(final long nowNs) {
        final Mechanism open = mechanism;
        return open == null ? unopened() : open.flush(nowNs);
    }

    private SendStatus unopened() {
        return state == ConnectionState.CONNECTING ? SendStatus.NOT_CONNECTED : SendStatus.CLOSED;
    }

    /**
     * Offers again what was not taken.
     *
     * @param nowNs the time.
     */
    public void deliver(final long nowNs) {
        final Mechanism open = mechanism;
        if (open != null) {
            open.deliver(nowNs);
        }
    }

    /**
     * Whether messages wait to be taken.
     *
     * @return true if so.
     */
    public boolean hasUndelivered() {
        final Mechanism open = mechanism;
        return open != null && open.hasUndelivered();
    }

    /**
     * A datagram came to a connecting end's own socket; whatever it is.
     *
     * @param memory where it lies.
     * @param offset where it begins.
     * @param length its bytes.
     * @param nowNs the time.
     */
    public void onDatagram(final Memory memory, final int offset, final int length, final long nowNs) {
        switch (wire.check(memory, offset, length, settings.kind().protocol())) {
            case TRUNCATED -> tools.counters().truncated++;
            case FOREIGN -> tools.counters().foreign++;
            case CORRUPT -> tools.counters().corrupt++;
            case GOOD -> {
                if (Wire.connectionId(memory.view(), offset) == connectionId) {
                    onGood(memory.view(), offset, length, nowNs);
                } else {
                    tools.counters().unknown++;
                }
            }
        }
    }

    /** A datagram of this connection came, whole and unaltered. */
    void onGood(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final byte type = Wire.type(buffer, offset);
        final int body = offset + Wire.HEADER_BYTES;
        final int bodyBytes = length - Wire.HEADER_BYTES;
        if (state == ConnectionState.CLOSED) {
            tools.counters().unknown++;
            return;
        }
        final Mechanism open = mechanism;
        if (open == null) {
            onOpening(type, buffer, body, bodyBytes, nowNs);
            return;
        }
        boolean isKnown = true;
        if (type >= Wire.FIRST_OF_MECHANISM) {
            isKnown = open.onDatagram(type, Wire.flags(buffer, offset), buffer, body, bodyBytes, nowNs);
        } else {
            switch (type) {
                case Wire.CLOSE -> end(CloseReason.PEER_CLOSED);
                case Wire.RESET -> end(CloseReason.PEER_LOST);
                case Wire.PING -> sendControl(Wire.PONG, 0);
                case Wire.PONG, Wire.ACCEPT, Wire.CHALLENGE -> {
                    // Nothing more to learn from it than that the peer lives.
                }
                default -> isKnown = false;
            }
        }
        if (isKnown) {
            lastReceivedNs = nowNs;
        } else {
            tools.counters().malformed++;
        }
    }

    private void onOpening(
            final byte type, final DirectBuffer buffer, final int body, final int bodyBytes, final long nowNs) {
        if (type == Wire.CHALLENGE && bodyBytes == Handshake.CHALLENGE_BYTES) {
            onChallenge(buffer, body, nowNs);
        } else if (type == Wire.ACCEPT && bodyBytes == Handshake.ACCEPT_BYTES) {
            measure(nowNs);
            open(buffer.getInt(body, ByteOrder.LITTLE_ENDIAN), nowNs);
        } else if (type == Wire.REFUSE) {
            end(CloseReason.PROTOCOL_ERROR);
        } else if (type == Wire.CLOSE || type == Wire.RESET) {
            end(CloseReason.UNREACHABLE);
        } else if (type < Wire.FIRST_OF_MECHANISM) {
            tools.counters().malformed++;
        }
        // Else data that overtook the ACCEPT: it will come again, if this mechanism ever sends again.
    }

    private void onChallenge(final DirectBuffer buffer, final int body, final long nowNs) {
        buffer.getBytes(body, cookie);
        openWaitNs = SessionSettings.FIRST_OPEN_WAIT_NS;
        if (hasCookie) {
            // It answers an OPEN of before, or was doubled, or the cookie became stale. An OPEN at once would leave it
            // open which one
            // an ACCEPT answers, and so how long a round trip takes.
            checkNs = Math.min(checkNs, nowNs + openWaitNs);
            return;
        }
        hasCookie = true;
        measure(nowNs);
        openings = 0;
        sendOpen(nowNs);
    }

    private void measure(final long nowNs) {
        if (openings == 1) {
            rttNs = Math.min(rttNs, Math.max(1, nowNs - openSentNs));
        }
    }

    private void sendOpen(final long nowNs) {
        Handshake.putOpen(control.view(), Wire.HEADER_BYTES, settings, firstSent, cookie);
        sendControl(Wire.OPEN, Handshake.OPEN_BYTES);
        openSentNs = nowNs;
        openings++;
        checkNs = nowNs + openWaitNs;
    }

    /**
     * Does what is due.
     *
     * @param nowNs the time.
     */
    public void onTime(final long nowNs) {
        if (state == ConnectionState.CONNECTING) {
            onOpeningTime(nowNs);
            return;
        }
        final Mechanism open = mechanism;
        if (open == null) {
            return;
        }
        if (nowNs - checkNs >= 0) {
            final long silentNs = nowNs - lastReceivedNs;
            if (silentNs >= settings.idleTimeoutNs()) {
                end(CloseReason.PEER_LOST);
                return;
            }
            if (silentNs >= settings.keepAliveNs()) {
                sendControl(Wire.PING, 0);
                checkNs = Math.min(nowNs + settings.pingIntervalNs(), lastReceivedNs + settings.idleTimeoutNs());
            } else {
                checkNs = lastReceivedNs + settings.keepAliveNs();
            }
        }
        if (Deadlines.isDue(open.deadlineNs(), nowNs)) {
            open.onTime(nowNs);
        }
    }

    private void onOpeningTime(final long nowNs) {
        if (nowNs - beganNs >= settings.connectTimeoutNs()) {
            end(CloseReason.UNREACHABLE);
        } else if (isConnecting && nowNs - checkNs >= 0) {
            if (openings > 0) {
                openWaitNs = Math.min(2 * openWaitNs, SessionSettings.LONGEST_OPEN_WAIT_NS);
            }
            sendOpen(nowNs);
            checkNs = Math.min(checkNs, beganNs + settings.connectTimeoutNs());
        }
    }

    /**
     * When {@link #onTime} wants to be called.
     *
     * @return the time in ns, in the past if at once, {@link Mechanism#NEVER} if never.
     */
    public long deadlineNs() {
        if (state == ConnectionState.CLOSED) {
            return Mechanism.NEVER;
        }
        final Mechanism open = mechanism;
        if (open == null) {
            return checkNs;
        }
        return Deadlines.earlier(checkNs, open.deadlineNs());
    }

    /** Ends it from here; the peer is told, twice, because one word may be lost. The user is not. */
    public void close() {
        if (state != ConnectionState.CLOSED) {
            final boolean isKnownToPeer = state == ConnectionState.OPEN || openings > 0;
            shut(CloseReason.LOCAL);
            if (isKnownToPeer) {
                sendControl(Wire.CLOSE, 0);
                sendControl(Wire.CLOSE, 0);
            }
        }
    }

    /**
     * Ends it because nobody is there: the network says so.
     *
     * @param cause why.
     */
    public void abandon(final CloseReason cause) {
        end(cause);
    }

    private void end(final CloseReason cause) {
        if (state != ConnectionState.CLOSED) {
            shut(cause);
            user.onClosed(cause);
        }
    }

    private void shut(final CloseReason cause) {
        state = ConnectionState.CLOSED;
        reason = cause;
        mechanism = null;
    }

    @Override
    public boolean send(final byte type, final int flags, final Memory memory, final int offset, final int length) {
        if (state == ConnectionState.CLOSED) {
            return false;
        }
        wire.seal(memory, offset, length, settings.kind().protocol(), type, flags, connectionId);
        if (out.send(remote, memory, offset, length)) {
            return true;
        }
        tools.arqCounters().refusedBySocket++;
        return false;
    }

    private void sendControl(final byte type, final int bodyBytes) {
        final int length = Wire.HEADER_BYTES + bodyBytes;
        wire.seal(control, 0, length, settings.kind().protocol(), type, 0, connectionId);
        out.send(remote, control, 0, length);
    }

    @Override
    public boolean deliver(final DirectBuffer buffer, final int offset, final int length) {
        return state == ConnectionState.OPEN && user.onMessage(buffer, offset, length);
    }

    @Override
    public void fail(final CloseReason cause, final long nowNs) {
        if (state != ConnectionState.CLOSED) {
            if (cause == CloseReason.PROTOCOL_ERROR) {
                tools.counters().rejected++; // before the peer can see its end
            }
            sendControl(Wire.CLOSE, 0);
            end(cause);
        }
    }

    /**
     * How far its life has come.
     *
     * @return the state.
     */
    public ConnectionState state() {
        return state;
    }

    /**
     * Why it ended.
     *
     * @return the reason, or null while it has not.
     */
    public @Nullable CloseReason closeReason() {
        return reason;
    }

    /**
     * Whose datagrams are its.
     *
     * @return the connection id.
     */
    public long connectionId() {
        return connectionId;
    }

    /**
     * Where the peer is.
     *
     * @return its address.
     */
    public InetSocketAddress remote() {
        return remote;
    }

    /**
     * Who is told.
     *
     * @return the user.
     */
    public SessionUser user() {
        return user;
    }

    /**
     * Its mechanism, for tests and counters.
     *
     * @return the mechanism, or null unless it is open.
     */
    public @Nullable Mechanism mechanism() {
        return mechanism;
    }
}
