package io.fizeau.core.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.message.ControlFrame;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClosedLoopTest {
    private static final int ROUND_TRIPS = 300;

    @Test
    void shouldCountRoundTripsFromZeroInEachPhase() {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                ClosedLoop loop = rig.closedLoop()) {
            for (int phase = 0; phase < 3; phase++) {
                loop.begin(Check.SEQUENCE);
                for (int i = 0; i < ROUND_TRIPS; i++) {
                    assertThat(loop.roundTrip()).isEqualTo(i);
                }
                final PhaseCounts counts = loop.end();
                assertThat(counts.sent()).isEqualTo(ROUND_TRIPS);
                assertThat(counts.outOfOrder()).isZero();
                assertThat(counts.lost()).isZero();
            }
        }
    }

    @Test
    void shouldFindEveryByteIntactWhereNothingIsWrong() {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                ClosedLoop loop = rig.closedLoop()) {
            loop.verify(ROUND_TRIPS);
        }
    }

    @Test
    void shouldFailWhenABytewiseCheckFindsAnotherByte() {
        try (LoadRig rig = LoadRig.withResponder(Fault.CORRUPT);
                ClosedLoop loop = rig.closedLoop()) {
            assertThatThrownBy(() -> loop.verify(ROUND_TRIPS))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("wrong messages")
                    .hasMessageContaining("256 bytes");
        }
    }

    @Test
    void shouldFailWhenNoAnswerComes() {
        try (LoadRig rig = LoadRig.withResponder(Fault.DROP).impatient();
                ClosedLoop loop = rig.closedLoop()) {
            loop.begin(Check.SEQUENCE);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < ROUND_TRIPS; i++) {
                            loop.roundTrip();
                        }
                    })
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("no answer within 2000 ms");
        }
    }

    @Test
    void shouldFailWhenTheServerDoesNotKnowThePhase() {
        try (LoadRig rig =
                        new LoadRig(Fault.NONE, (connection, buffer, offset, length) -> Delivery.CONSUMED).impatient();
                ClosedLoop loop = rig.closedLoop()) {
            assertThatThrownBy(() -> loop.begin(Check.SEQUENCE))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("the server does not answer within 2000 ms");
        }
    }

    @Test
    void shouldCountAndNotTakeAnAnswerThatCameTwice() {
        try (LoadRig rig = LoadRig.withResponder(Fault.DUPLICATE);
                ClosedLoop loop = rig.closedLoop()) {
            loop.begin(Check.SEQUENCE);
            for (int i = 0; i < ROUND_TRIPS; i++) {
                assertThat(loop.roundTrip()).isEqualTo(i);
            }
            assertThat(loop.end().outOfOrder()).isPositive();
        }
    }

    @Test
    void shouldNotTakeAnEarlierAnswerForTheOneInFlight() {
        final StaleFirst stale = new StaleFirst();
        try (LoadRig rig = new LoadRig(Fault.NONE, stale);
                ClosedLoop loop = rig.closedLoop()) {
            loop.begin(Check.SEQUENCE);
            for (int i = 0; i < ROUND_TRIPS; i++) {
                loop.roundTrip();
                // The right answer leaves after the stale one: had that been taken, this one would still be missing.
                assertThat(stale.answered).isEqualTo(i);
            }
            assertThat(loop.end().outOfOrder()).isEqualTo(ROUND_TRIPS);
        }
    }

    /** Sends, before each answer, one with the sequence of the message before. */
    private static final class StaleFirst implements ConnectionHandler {
        private final Responder responder = new Responder(true);
        private final UnsafeBuffer copy = new UnsafeBuffer(new byte[LoadRig.MESSAGE_BYTES]);
        private volatile long answered;

        @Override
        public void onOpen(final Connection connection) {
            responder.onOpen(connection);
        }

        @Override
        public Delivery onMessage(
                final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
            if (!ControlFrame.isControl(buffer, offset, length)) {
                final long sequence = BenchmarkFrame.sequence(buffer, offset);
                copy.putBytes(0, buffer, offset, length);
                BenchmarkFrame.writeSequence(copy, 0, sequence - 1);
                connection.send(copy, 0, length);
                answered = sequence;
            }
            return responder.onMessage(connection, buffer, offset, length);
        }
    }
}
