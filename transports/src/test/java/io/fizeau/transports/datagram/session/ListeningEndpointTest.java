package io.fizeau.transports.datagram.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.transports.datagram.plain.Plain;
import io.fizeau.transports.datagram.wire.Memory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ListeningEndpointTest {
    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final InetSocketAddress THERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    /** Counts, and may close its session as soon as it has one. */
    private static final class User implements ListeningEndpoint.Accepted {
        private final boolean closesAtOnce;
        private @Nullable Session session;
        private int opened;
        private @Nullable CloseReason closed;

        User(final boolean closesAtOnce) {
            this.closesAtOnce = closesAtOnce;
        }

        @Override
        public void onSession(final Session own) {
            session = own;
            if (closesAtOnce) {
                own.close();
            }
        }

        @Override
        public void onOpen() {
            opened++;
        }

        @Override
        public boolean onMessage(final DirectBuffer buffer, final int offset, final int length) {
            return true;
        }

        @Override
        public void onClosed(final CloseReason reason) {
            closed = reason;
        }
    }

    private static DatagramOut into(final Deque<Memory> datagrams) {
        return (to, memory, offset, length) -> {
            final Memory copy = Memory.onHeap(length);
            copy.view().putBytes(0, memory.view(), offset, length);
            datagrams.add(copy);
            return true;
        };
    }

    private static User connect(final User accepted) {
        final SessionSettings settings =
                new SessionSettings(Plain.withDefaults(), 100, 500, 2, false, false, SECOND_NS, SECOND_NS);
        final Deque<Memory> toServer = new ArrayDeque<>();
        final Deque<Memory> toClient = new ArrayDeque<>();
        final ListeningEndpoint endpoint = new ListeningEndpoint(
                settings,
                new byte[32],
                1,
                1,
                into(toClient),
                remote -> accepted,
                SessionTools.with(DatagramTrace.NONE));
        final User connecting = new User(false);
        final Session client = Session.connect(
                settings,
                HERE,
                new long[] {1, 2},
                into(toServer),
                connecting,
                SessionTools.with(DatagramTrace.NONE),
                0);
        for (long nowNs = 0; nowNs < SECOND_NS / 2; nowNs += SECOND_NS / 100) {
            client.onTime(nowNs);
            for (Memory each = toServer.poll(); each != null; each = toServer.poll()) {
                endpoint.onDatagram(THERE, each, 0, each.view().capacity(), true, nowNs);
            }
            for (Memory each = toClient.poll(); each != null; each = toClient.poll()) {
                client.onDatagram(each, 0, each.view().capacity(), nowNs);
            }
        }
        return connecting;
    }

    @Test
    void shouldLetInWhoShowsItsAddress() {
        final User accepted = new User(false);
        final User connecting = connect(accepted);

        assertThat(accepted.opened).isEqualTo(1);
        assertThat(connecting.opened).isEqualTo(1);
    }

    @Test
    void shouldNotOpenWhatItsUserHasClosedAtOnce() {
        final User accepted = new User(true);
        final User connecting = connect(accepted);

        assertThat(accepted.opened).isZero();
        assertThat(accepted.session).isNotNull();
        assertThat(accepted.session.state()).isEqualTo(ConnectionState.CLOSED);
        assertThat(connecting.opened).isZero();
        assertThat(connecting.closed).isEqualTo(CloseReason.UNREACHABLE);
    }
}
