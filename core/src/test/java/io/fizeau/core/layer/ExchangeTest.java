package io.fizeau.core.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The words of an opening where the transport below does not take them at once. */
final class ExchangeTest {
    private static final long LATER_NS = TimeUnit.SECONDS.toNanos(1);

    private int said;
    private int refusals = 1;

    @ParameterizedTest
    @EnumSource(Driving.class)
    void shouldSayAgainWhatAReliableTransportDidNotTakeAndOnlyThat(final Driving driving) {
        final Connection below = connection(driving);
        final Exchange exchange = exchange(Guarantee.RELIABLE, Guarantee.CONCURRENT_SEND);
        exchange.begin(below);
        assertThat(said).isZero();

        exchange.remind(below, System.nanoTime() + LATER_NS);
        exchange.remind(below, System.nanoTime() + 2 * LATER_NS);

        assertThat(said).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Driving.class)
    void shouldSayAgainWhatMayBeLost(final Driving driving) {
        refusals = 0;
        final Connection below = connection(driving);
        final Exchange exchange = exchange(Guarantee.CONCURRENT_SEND);
        exchange.begin(below);

        exchange.remind(below, System.nanoTime() + LATER_NS);
        exchange.remind(below, System.nanoTime() + 2 * LATER_NS);

        assertThat(said).isEqualTo(3);
    }

    @Test
    void shouldNotSendBesideTheCallbacksWithoutAPromise() {
        final Connection below = connection(Driving.OWN);
        final Exchange exchange = exchange(Guarantee.RELIABLE);
        exchange.begin(below);

        exchange.remind(below, System.nanoTime() + LATER_NS);

        assertThat(said).isZero();
        assertThat(exchange.sayIfDue(below)).isTrue(); // in a callback
        assertThat(said).isEqualTo(1);
    }

    private static Exchange exchange(final Guarantee... below) {
        final NodeContext context = NodeContext.named("test", error -> {});
        final Opening opening = new Opening() {
            @Override
            public int words(final MutableDirectBuffer target) {
                return 0;
            }

            @Override
            public Step hear(final DirectBuffer buffer, final int offset, final int length) {
                return Step.IGNORE;
            }
        };
        final Wrapping wrapping = new Wrapping(
                new PasswordLayer(),
                Settings.of("password", new PasswordLayer().options(), Map.of()),
                isConnecting -> {
                    throw new AssertionError();
                },
                Guarantees.of(100, below),
                context,
                new OpeningWatch(context, false, false));
        return new Exchange(opening, wrapping, new ReentrantLock());
    }

    private Connection connection(final Driving driving) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "driving" -> driving;
                    case "send" -> send();
                    case "flush" -> SendStatus.ACCEPTED;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private SendStatus send() {
        if (refusals > 0) {
            refusals--;
            return SendStatus.BACK_PRESSURED;
        }
        said++;
        return SendStatus.ACCEPTED;
    }
}
