package io.fizeau.transports.datagram.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Memory;
import io.fizeau.transports.datagram.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PlainTest {
    private static final int MAX_MESSAGE = 16;
    private static final int KEPT = 3;

    private final ArqCounters counters = new ArqCounters();
    private final Ends ends = new Ends();
    private final Mechanism plain = Plain.withDefaults()
            .create(
                    new MechanismSettings(MAX_MESSAGE, MAX_MESSAGE + Wire.HEADER_BYTES, KEPT, false, false, 1, 1, 1),
                    ends,
                    counters,
                    DatagramTrace.NONE);

    @Test
    void shouldSendAMessageAsTheBodyOfOneDatagram() {
        assertThat(offer("hello")).isEqualTo(SendStatus.ACCEPTED);
        assertThat(offer("")).isEqualTo(SendStatus.ACCEPTED);
        assertThat(ends.sent).containsExactly("hello", "");
        assertThat(counters.sent).isEqualTo(2);
        assertThat(plain.deadlineNs()).isEqualTo(Mechanism.NEVER);
    }

    @Test
    void shouldTakeNothingWhileTheSocketTakesNothing() {
        ends.isBlocked = true;
        assertThat(offer("later")).isEqualTo(SendStatus.BACK_PRESSURED);
        assertThat(counters.sent).isZero();
        ends.isBlocked = false;
        assertThat(offer("later")).isEqualTo(SendStatus.ACCEPTED);
        assertThat(ends.sent).containsExactly("later");
    }

    @Test
    void shouldHandOutInOrderAgainWhatWasNotTaken() {
        ends.isReluctant = true;
        come("a");
        come("bb");
        assertThat(plain.hasUndelivered()).isTrue();
        assertThat(ends.refusals).as("nothing overtakes what was refused").isEqualTo(1);
        plain.deliver(0);
        assertThat(ends.refusals).isEqualTo(2);
        ends.isReluctant = false;
        plain.deliver(0);
        come("ccc");
        assertThat(ends.delivered).containsExactly("a", "bb", "ccc");
        assertThat(plain.hasUndelivered()).isFalse();
    }

    @Test
    void shouldDropAndCountWhatIsBeyondTheRoom() {
        ends.isReluctant = true;
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < KEPT + 2; i++) {
                come(round + "-" + i);
            }
            ends.isReluctant = false;
            plain.deliver(0);
            ends.isReluctant = true;
        }
        assertThat(ends.delivered).containsExactly("0-0", "0-1", "0-2", "1-0", "1-1", "1-2");
        assertThat(counters.received).isEqualTo(2 * KEPT);
        assertThat(counters.beyondWindow).isEqualTo(4);
    }

    @Test
    void shouldKnowWhatNoPeerSends() {
        final UnsafeBuffer long1 = new UnsafeBuffer(new byte[MAX_MESSAGE + 1]);
        assertThat(plain.onDatagram(Plain.DATA, 0, long1, 0, MAX_MESSAGE + 1, 0))
                .isFalse();
        assertThat(plain.onDatagram(Plain.DATA, 1, long1, 0, 1, 0)).isFalse();
        assertThat(plain.onDatagram((byte) (Plain.DATA + 1), 0, long1, 0, 1, 0)).isFalse();
        assertThat(ends.delivered).isEmpty();
        assertThat(plain.onDatagram(Plain.DATA, 0, long1, 0, MAX_MESSAGE, 0)).isTrue();
        assertThat(ends.delivered).hasSize(1);
    }

    private SendStatus offer(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return plain.offer(new UnsafeBuffer(bytes), 0, bytes.length, 0);
    }

    private void come(final String text) {
        final byte[] bytes = ("..." + text).getBytes(StandardCharsets.US_ASCII);
        assertThat(plain.onDatagram(Plain.DATA, 0, new UnsafeBuffer(bytes), 3, bytes.length - 3, 0))
                .isTrue();
    }

    /** A socket and a user, both of which may be unwilling. */
    private static final class Ends implements Carrier {
        private final List<String> sent = new ArrayList<>();
        private final List<String> delivered = new ArrayList<>();
        private boolean isBlocked;
        private boolean isReluctant;
        private int refusals;

        @Override
        public boolean send(final byte type, final int flags, final Memory memory, final int offset, final int length) {
            assertThat(type).isEqualTo(Plain.DATA);
            assertThat(flags).isZero();
            if (!isBlocked) {
                sent.add(memory.view()
                        .getStringWithoutLengthAscii(offset + Wire.HEADER_BYTES, length - Wire.HEADER_BYTES));
            }
            return !isBlocked;
        }

        @Override
        public boolean deliver(final DirectBuffer buffer, final int offset, final int length) {
            if (isReluctant) {
                refusals++;
                return false;
            }
            return delivered.add(buffer.getStringWithoutLengthAscii(offset, length));
        }

        @Override
        public void fail(final CloseReason reason, final long nowNs) {
            throw new AssertionError(reason);
        }
    }
}
