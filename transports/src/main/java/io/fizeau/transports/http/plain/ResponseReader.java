package io.fizeau.transports.http.plain;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.transports.framing.Framing;
import io.fizeau.transports.framing.MessageReader;
import io.fizeau.transports.framing.ReceiveBuffer;
import io.fizeau.transports.http.protocol.HttpOptions;
import io.fizeau.transports.http.protocol.Protocol;
import io.fizeau.transports.loop.Lifecycle;
import java.nio.ByteOrder;

/** Takes messages out of the bodies of answers, in place, and ends the peer's turn when the last is consumed. */
final class ResponseReader implements MessageReader {
    private final Connection connection;
    private final ConnectionHandler handler;
    private final Lifecycle life;
    private final Turns turns;
    private final int maxMessageBytes;
    private final int maxBodyBytes;
    private final ResponseHead head;
    private boolean awaitsIntroduction = true;
    private boolean isInBody;
    private int bodyLeft;
    private int delivered;
    private Outcome outcome = Outcome.INCOMPLETE;

    ResponseReader(
            final Connection connection,
            final ConnectionHandler handler,
            final Lifecycle life,
            final Turns turns,
            final HttpOptions options) {
        this.connection = connection;
        this.handler = handler;
        this.life = life;
        this.turns = turns;
        this.maxMessageBytes = options.maxMessageBytes();
        this.maxBodyBytes = options.bodyBytes() + Protocol.NAME_BYTES;
        this.head = new ResponseHead(options.maxHeaderBytes());
    }

    @Override
    public boolean awaitsIntroduction() {
        return awaitsIntroduction;
    }

    /** The answer to the opening request: the session's name comes first. */
    @Override
    public Framing.Introduction introduce(final ReceiveBuffer in) {
        if (!isInBody) {
            switch (head.take(in)) {
                case PART -> {
                    return Framing.Introduction.INCOMPLETE;
                }
                case WRONG -> {
                    return Framing.Introduction.WRONG;
                }
                case WHOLE -> isInBody = true;
            }
            if (head.status() == Protocol.FULL) {
                life.close(CloseReason.UNREACHABLE);
                return Framing.Introduction.INCOMPLETE;
            }
            if (head.status() != Protocol.CREATED
                    || head.bodyBytes() < Protocol.NAME_BYTES
                    || head.bodyBytes() > maxBodyBytes) {
                return Framing.Introduction.WRONG;
            }
        }
        if (in.available() < Protocol.NAME_BYTES) {
            return Framing.Introduction.INCOMPLETE;
        }
        final byte[] name = new byte[Protocol.NAME_BYTES];
        in.read(name);
        turns.named(name);
        awaitsIntroduction = false;
        bodyLeft = head.bodyBytes() - Protocol.NAME_BYTES;
        if (bodyLeft == 0) {
            endTurn();
        }
        return Framing.Introduction.VALID;
    }

    @Override
    public int deliver(final ReceiveBuffer in, final int limit) {
        int count = 0;
        outcome = Outcome.LIMIT;
        while (count < limit) {
            if (!isInBody && !begin(in)) {
                break;
            }
            if (bodyLeft == 0) {
                if (!endTurn()) {
                    break;
                }
                continue;
            }
            if (!deliverOne(in)) {
                break;
            }
            count++;
            delivered++;
            if (bodyLeft == 0) {
                endTurn();
            }
            if (!life.isOpen()) {
                outcome = Outcome.CLOSED;
                break;
            }
        }
        return count;
    }

    /** Takes the head of the next answer; false if it is not there or none that belongs here. */
    private boolean begin(final ReceiveBuffer in) {
        if (in.available() == 0) {
            outcome = Outcome.INCOMPLETE;
            return false;
        }
        final ResponseHead.Found found = turns.isOurs() ? ResponseHead.Found.WRONG : head.take(in);
        if (found != ResponseHead.Found.WHOLE) {
            outcome = found == ResponseHead.Found.PART ? Outcome.INCOMPLETE : Outcome.GARBAGE;
            return false;
        }
        switch (head.status()) {
            case Protocol.OK, Protocol.NOT_CONSUMED, Protocol.GONE -> {
                isInBody = true;
                bodyLeft = head.bodyBytes();
                delivered = 0;
            }
            case Protocol.UNKNOWN, Protocol.FULL -> {
                life.close(CloseReason.PEER_LOST);
                outcome = Outcome.CLOSED;
            }
            default -> outcome = Outcome.GARBAGE;
        }
        if (isInBody && bodyLeft > maxBodyBytes) {
            outcome = Outcome.GARBAGE;
            isInBody = false;
        }
        return isInBody;
    }

    private boolean deliverOne(final ReceiveBuffer in) {
        final int available = Math.min(in.available(), bodyLeft);
        if (available < Framing.HEADER_BYTES) {
            outcome = bodyLeft < Framing.HEADER_BYTES ? Outcome.GARBAGE : Outcome.INCOMPLETE;
            return false;
        }
        final int length = in.view().getInt(in.position(), ByteOrder.LITTLE_ENDIAN);
        if (length < 0 || length > maxMessageBytes || length > bodyLeft - Framing.HEADER_BYTES) {
            outcome = Outcome.GARBAGE;
            return false;
        }
        if (length > available - Framing.HEADER_BYTES) {
            outcome = Outcome.INCOMPLETE;
            return false;
        }
        if (handler.onMessage(connection, in.view(), in.position() + Framing.HEADER_BYTES, length)
                != Delivery.CONSUMED) {
            outcome = Outcome.RETRY;
            return false;
        }
        in.skip(Framing.HEADER_BYTES + length);
        bodyLeft -= Framing.HEADER_BYTES + length;
        return true;
    }

    /** The answer is consumed; false if it was the last. */
    private boolean endTurn() {
        isInBody = false;
        if (head.status() == Protocol.GONE) {
            life.close(CloseReason.PEER_CLOSED);
            outcome = Outcome.CLOSED;
            return false;
        }
        turns.answered(head.status() != Protocol.NOT_CONSUMED, delivered > 0);
        return true;
    }

    @Override
    public Outcome outcome() {
        return outcome;
    }

    @Override
    public int wantedBytes(final ReceiveBuffer in) {
        if (!isInBody || awaitsIntroduction || in.available() < Framing.HEADER_BYTES) {
            return in.available() + 1;
        }
        return Framing.HEADER_BYTES + in.view().getInt(in.position(), ByteOrder.LITTLE_ENDIAN);
    }
}
