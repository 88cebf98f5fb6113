package io.fizeau.core.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.message.ControlFrame;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Guarantee;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CreditedStreamTest {
    private static final int STEP = 100;
    private static final int STEPS = 200;

    @Test
    void shouldCountWhatArrived() {
        final Counting counting = new Counting();
        try (LoadRig rig = new LoadRig(Fault.NONE, counting);
                CreditedStream stream = rig.stream(UnaryOperator.identity())) {
            for (int phase = 0; phase < 2; phase++) {
                stream.begin(Check.SEQUENCE);
                final long before = counting.messages.get();
                for (int i = 1; i <= STEPS; i++) {
                    final long confirmed = stream.advance(STEP);
                    assertThat(confirmed)
                            .isGreaterThanOrEqualTo((long) i * STEP)
                            .isLessThanOrEqualTo(counting.messages.get() - before);
                }
                final PhaseCounts counts = stream.end();
                assertThat(counts.sent()).isEqualTo(counting.messages.get() - before);
                assertThat(counts.arrived()).isEqualTo(counts.sent());
                assertThat(counts.lost()).isZero();
            }
        }
    }

    @Test
    void shouldHaveNoMoreUnderWayThanItIsLetTo() {
        final Counting counting = new Counting();
        try (LoadRig rig = new LoadRig(Fault.NONE, counting);
                CreditedStream stream = rig.stream(UnaryOperator.identity())) {
            final int most = stream.window();
            stream.limitWindow(3);
            assertThat(stream.window()).isEqualTo(3);
            stream.begin(Check.SEQUENCE);
            long confirmed = 0;
            for (int i = 0; i < STEPS; i++) {
                confirmed = stream.advance(1);
            }
            assertThat(stream.end().sent()).isLessThanOrEqualTo(confirmed + 3);
            stream.limitWindow(Integer.MAX_VALUE);
            assertThat(stream.window()).isEqualTo(most);
            stream.limitWindow(0);
            assertThat(stream.window()).isEqualTo(1);
        }
    }

    @Test
    void shouldFindEveryByteIntactWhereNothingIsWrong() {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                CreditedStream stream = rig.stream(UnaryOperator.identity())) {
            stream.verify(STEP * STEPS);
        }
    }

    @Test
    void shouldFailWhenABytewiseCheckFindsAnotherByte() {
        try (LoadRig rig = LoadRig.withResponder(Fault.CORRUPT);
                CreditedStream stream = rig.stream(UnaryOperator.identity())) {
            assertThatThrownBy(() -> stream.verify(STEP * STEPS))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("wrong messages");
        }
    }

    @Test
    void shouldGoOnPastLostMessagesAndCountThem() {
        try (LoadRig rig = LoadRig.withResponder(Fault.DROP);
                CreditedStream stream = rig.stream(all -> all.without(Guarantee.RELIABLE))) {
            stream.begin(Check.SEQUENCE);
            for (int i = 0; i < STEPS; i++) {
                stream.advance(STEP);
            }
            final PhaseCounts counts = stream.end();
            assertThat(counts.lost()).isPositive();
            assertThat(counts.arrived()).isGreaterThanOrEqualTo((long) STEP * STEPS);
            assertThat(counts.sent()).isEqualTo(counts.arrived() + counts.lost());
        }
    }

    @Test
    void shouldFailWhenAMessageIsMissingThatWasPromised() {
        try (LoadRig rig = LoadRig.withResponder(Fault.DROP);
                CreditedStream stream = rig.stream(UnaryOperator.identity())) {
            stream.begin(Check.SEQUENCE);
            stream.advance(STEP);
            assertThatThrownBy(stream::end)
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("the transport promises to deliver");
        }
    }

    @Test
    void shouldCountAMessageThatCameTwiceOnce() {
        try (LoadRig rig = LoadRig.withResponder(Fault.DUPLICATE);
                CreditedStream stream = rig.stream(UnaryOperator.identity())) {
            stream.begin(Check.SEQUENCE);
            for (int i = 0; i < STEPS; i++) {
                stream.advance(STEP);
            }
            final PhaseCounts counts = stream.end();
            assertThat(counts.arrived()).isEqualTo(counts.sent());
            assertThat(counts.outOfOrder()).isPositive();
        }
    }

    /** A responder, and how many messages it was given. */
    private static final class Counting implements ConnectionHandler {
        private final Responder responder = new Responder(true);
        private final AtomicLong messages = new AtomicLong();

        @Override
        public void onOpen(final Connection connection) {
            responder.onOpen(connection);
        }

        @Override
        public Delivery onMessage(
                final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
            if (!ControlFrame.isControl(buffer, offset, length)) {
                messages.incrementAndGet();
            }
            return responder.onMessage(connection, buffer, offset, length);
        }
    }
}
