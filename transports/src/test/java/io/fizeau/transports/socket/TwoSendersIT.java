package io.fizeau.transports.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.keys.TestKeys;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where the transport's own thread delivers, its callbacks may send while the user's thread pushes on or sends: whoever hands
 * sending over from a callback cannot know when the transport is done with what that callback sent.
 */
@Timeout(30)
class TwoSendersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MESSAGES = 20_000;

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp-nio?driving=own",
                "tcp-nio?driving=own&sends=gathered",
                "tcp-nio?driving=own+crc32c",
                "tcp-nio?driving=own+aes-gcm?keys=KEYS",
                "tcp-nio?driving=own&sends=gathered+crc32c+chacha20?keys=KEYS",
                "uds?driving=own",
                "tcp-blocking?driving=own",
                "tcp-blocking?driving=own&sends=gathered",
                "tcp-blocking?driving=own+crc32c",
                "tcp-blocking?driving=own+aes-gcm?keys=KEYS",
                "uds?wait=block&driving=own",
                "uds?wait=block&driving=own&sends=gathered"
            })
    void shouldSendOnceWhatACallbackSendsWhileAnotherThreadPushesOn(final String spec) {
        final ConfiguredTransport transport = Transports.installed()
                .resolve(spec.replace("KEYS", TestKeys.folder().toString()));
        final Counter counter = new Counter();
        final Talker talker = new Talker();
        try (Node server = transport.open(NodeContext.named("server", errors::add));
                Node client = transport.open(NodeContext.named("client", errors::add))) {
            final Listener listener = server.listen(transport.loopbackAddress(), counter);
            assertThat(listener.driving()).isEqualTo(Driving.OWN);
            final Connection connection = client.connect(listener.address(), talker);
            final UnsafeBuffer message = new UnsafeBuffer(new byte[32]);
            int sent = 0;
            while (!talker.isDone && connection.state() != ConnectionState.CLOSED && errors.isEmpty()) {
                connection.flush();
                if (talker.isOpen && sent < MESSAGES && connection.send(message, 0, 32) == SendStatus.ACCEPTED) {
                    sent++;
                }
            }
            assertThat(errors).isEmpty();
            assertThat(connection.flush()).isIn(SendStatus.ACCEPTED, SendStatus.BACK_PRESSURED);
            final int expected = MESSAGES + sent;
            await().atMost(PATIENCE).until(() -> {
                connection.flush();
                return counter.messages.get() >= expected;
            });
            assertThat(counter.messages).hasValue(expected);
            assertThat(counter.isEachWhole).isTrue();
        }
        assertThat(errors).isEmpty();
    }

    /** Sends from inside onOpen, for as long as it takes. */
    private static final class Talker implements ConnectionHandler {
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[32]);
        private volatile boolean isOpen;
        private volatile boolean isDone;

        @Override
        public void onOpen(final Connection connection) {
            isOpen = true;
            int sent = 0;
            while (sent < MESSAGES && !Thread.currentThread().isInterrupted()) {
                final SendStatus status = connection.send(message, 0, 32);
                if (status == SendStatus.ACCEPTED) {
                    sent++;
                } else if (status == SendStatus.CLOSED) {
                    break;
                }
            }
            isDone = true;
        }

        @Override
        public Delivery onMessage(
                final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
            return Delivery.CONSUMED;
        }
    }

    private static final class Counter implements ConnectionHandler {
        private final AtomicInteger messages = new AtomicInteger();
        private volatile boolean isEachWhole = true;

        @Override
        public Delivery onMessage(
                final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
            isEachWhole &= length == 32;
            messages.incrementAndGet();
            return Delivery.CONSUMED;
        }
    }
}
