package io.fizeau.transports.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.framing.ReceiveBuffer;
import io.fizeau.transports.http.protocol.HttpOptions;
import io.fizeau.transports.http.protocol.Protocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a long body has made grow is given back when the session has had only short ones for a while. */
class ServerSessionTest {
    private static final int MAX_MESSAGE = 1 << 20;
    private static final int SHORT = 100;

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private ServerSession session;

    @BeforeEach
    void open() {
        final HttpOptions options =
                new HttpOptions("http1", false, MAX_MESSAGE, false, 1, 1L << 40, 1, 1, 1024, 1, 1, 0, 0, 1);
        final Sessions sessions = new Sessions(
                options,
                (connection, buffer, offset, length) -> {
                    connection.send(buffer, offset, length);
                    return Delivery.CONSUMED;
                },
                NodeContext.named("server", errors::add));
        session = Objects.requireNonNull(sessions.add(HostPort.loopback()));
        assertThat(session.open()).isTrue();
    }

    @Test
    void shouldGiveBackWhatALongBodyHasMadeGrow() {
        assertThat(turn(MAX_MESSAGE)).isGreaterThanOrEqualTo(MAX_MESSAGE);
        assertThat(session.in().capacity()).isEqualTo(Protocol.bodyBytes(MAX_MESSAGE));
        for (int i = 0; i < Need.SHORT_TURNS; i++) {
            turn(SHORT);
        }
        assertThat(session.in().capacity()).isZero();
        assertThat(turn(SHORT)).isLessThanOrEqualTo(Need.LITTLE_BYTES);
        assertThat(turn(SHORT)).isLessThanOrEqualTo(Need.LITTLE_BYTES);
        assertThat(turn(MAX_MESSAGE)).isGreaterThanOrEqualTo(MAX_MESSAGE);
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldKeepWhatIsNeededAgain() {
        turn(MAX_MESSAGE);
        for (int i = 0; i < 2 * Need.SHORT_TURNS; i++) {
            turn(i % 2 == 0 ? SHORT : MAX_MESSAGE);
            assertThat(session.in().capacity()).isEqualTo(Protocol.bodyBytes(MAX_MESSAGE));
        }
    }

    /** A request with one message and its echo; returns how much memory the answer lies in. */
    private int turn(final int length) {
        assertThat(session.begin()).isTrue();
        final int bodyBytes = Integer.BYTES + length;
        final ReceiveBuffer in = session.in();
        in.makeRoom(bodyBytes, Protocol.bodyBytes(MAX_MESSAGE));
        in.room()
                .put(ByteBuffer.allocate(bodyBytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(0, length));
        in.filled(bodyBytes);
        assertThat(session.deliver()).isEqualTo(Protocol.OK);
        final ByteBuffer answer = session.endTurn();
        assertThat(answer.remaining()).isEqualTo(bodyBytes);
        session.left(answer);
        return answer.capacity();
    }
}
