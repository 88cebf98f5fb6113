package io.fizeau.core.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that are opening where each is polled by itself, and no peer says anything. */
@Timeout(30)
final class OpeningWatchTest {
    private static final int CONNECTIONS = 3;

    private final List<Integer> polled = new ArrayList<>();

    @Test
    void shouldWaitForOneSilentPeerAtEachPollAndForAllInTurn() {
        final OpeningWatch watch = watchOver(true);
        for (int i = 1; i <= 2 * CONNECTIONS; i++) {
            watch.poll();
            assertThat(polled).hasSize(i);
        }
        watch.close();

        assertThat(polled).containsExactly(0, 1, 2, 0, 1, 2);
    }

    @Test
    void shouldReadFromAllAtEachPollWhereThatDoesNotWait() {
        final OpeningWatch watch = watchOver(false);
        watch.poll();
        watch.close();

        assertThat(polled).containsExactly(0, 1, 2);
    }

    private OpeningWatch watchOver(final boolean isBlocking) {
        final NodeContext context = NodeContext.named("test", error -> {});
        final PasswordLayer layer = new PasswordLayer();
        final Settings settings = Settings.of("password", layer.options(), Map.of());
        final Guarantees below = Guarantees.of(100, Guarantee.RELIABLE);
        final OpeningWatch watch = new OpeningWatch(context, true, isBlocking);
        final Wrapping wrapping = new Wrapping(layer, settings, layer.source(settings, below), below, context, watch);
        for (int i = 0; i < CONNECTIONS; i++) {
            new TransformConnection(wrapping, new Ignoring(), null).onOpen(silent(i));
        }
        return watch;
    }

    private Connection silent(final int number) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "driving" -> Driving.CALLER;
                    case "state" -> ConnectionState.OPEN;
                    case "maxMessageBytes" -> 100;
                    case "send", "flush" -> SendStatus.ACCEPTED;
                    case "poll" -> {
                        polled.add(number);
                        yield 0;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static final class Ignoring implements ConnectionHandler {
        @Override
        public Delivery onMessage(
                final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
            return Delivery.CONSUMED;
        }
    }
}
