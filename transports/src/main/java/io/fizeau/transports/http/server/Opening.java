package io.fizeau.transports.http.server;

import io.fizeau.core.address.HostPort;
import io.fizeau.transports.framing.Framing;
import io.fizeau.transports.framing.ReceiveBuffer;
import io.fizeau.transports.http.protocol.Protocol;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A request that opens a session: its body is the introduction, its answer the session's name and what the handler says at once. */
final class Opening extends Bounded {
    private final boolean isBound;
    private final ReceiveBuffer in = ReceiveBuffer.onHeap(Framing.INTRODUCTION_BYTES);

    Opening(
            final Front front,
            final boolean isBound,
            final Request request,
            final Response response,
            final Callback callback) {
        super(front, request, response, callback);
        this.isBound = isBound;
    }

    void start() {
        read(new BodyCopy(request(), in, Framing.INTRODUCTION_BYTES, this));
    }

    @Override
    public void onBody() {
        bodyIsIn();
        if (Framing.check(in, front().introduction()) != Framing.Introduction.VALID) {
            refuse(
                    HttpStatus.BAD_REQUEST_400,
                    "it introduced itself wrongly: both ends need the same version and maxMessage="
                            + front().options().maxMessageBytes());
            return;
        }
        final EndPoints.Watch watch = front().endPoints().of(request());
        final ServerSession session = watch == null
                ? null
                : front().sessions().add(HostPort.of((InetSocketAddress)
                        Objects.requireNonNull(request().getConnectionMetaData().getRemoteSocketAddress())));
        if (watch == null || session == null) {
            refuse(
                    Protocol.FULL,
                    front().sessions().isAccepting()
                            ? "there are maxSessions=" + front().options().maxSessions() + " sessions already"
                            : "the listener is closed");
            return;
        }
        watch.heard();
        session.open();
        if (isBound) {
            watch.bind(session);
        }
        final ByteBuffer said = session.endTurn();
        final ByteBuffer answer = ByteBuffer.allocate(Protocol.NAME_BYTES + said.remaining());
        answer.put(session.name().getBytes(StandardCharsets.US_ASCII)).put(said).flip();
        session.left(said);
        answer(Protocol.CREATED, answer, callback());
    }

    @Override
    public void onTooLong() {
        refuse(
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                "an introduction of more than " + Framing.INTRODUCTION_BYTES + " bytes");
    }

    @Override
    public void onBroken(final Throwable cause) {
        callback().failed(cause);
    }
}
