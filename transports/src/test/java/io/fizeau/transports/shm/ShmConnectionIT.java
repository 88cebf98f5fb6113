package io.fizeau.transports.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.address.LocalPath;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.NodeContext;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A close by another thread, at whatever point of an accept it comes. */
class ShmConnectionIT {
    private static final int MAX_MESSAGE = ShmTransport.LEAST_MESSAGE_BYTES;

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

    /** An access to what is unmapped would end this process. */
    @Test
    void shouldNotTouchTheMemoryOfAConnectionThatWasClosedBeforeItWasAccepted() throws IOException {
        try (SealedMemory memory = SealedMemory.create(Layout.connectionBytes(MAX_MESSAGE))) {
            final UnsafeBuffer peers = new UnsafeBuffer(memory.map());
            final ShmConnection connection = connection(Rings.map(memory, MAX_MESSAGE, true));
            connection.close();
            connection.accept();
            assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
            assertThat(peers.getIntVolatile(Layout.LISTENER_AT)).isEqualTo(Rings.GONE);
            assertThat(errors).isEmpty();
        }
    }

    @Test
    void shouldNotSayThatItHasAcceptedOnceItIsGone() throws IOException {
        try (SealedMemory memory = SealedMemory.create(Layout.connectionBytes(MAX_MESSAGE))) {
            final UnsafeBuffer peers = new UnsafeBuffer(memory.map());
            final Rings rings = Rings.map(memory, MAX_MESSAGE, true);
            rings.say(Rings.GONE);
            rings.accept();
            assertThat(peers.getIntVolatile(Layout.LISTENER_AT)).isEqualTo(Rings.GONE);
            assertThat(rings.tryFree()).isTrue();
        }
    }

    private ShmConnection connection(final Rings rings) throws IOException {
        final ConnectionHandler handler = (from, buffer, offset, length) -> Delivery.CONSUMED;
        final ShmNode node = new ShmNode(
                MAX_MESSAGE,
                Long.MAX_VALUE,
                ProcessIdentity.self(),
                Driving.CALLER,
                NodeContext.named("node", errors::add));
        return new ShmConnection(node, rings, null, new LocalPath("/dev/shm/nobody"), handler, null, null);
    }
}
