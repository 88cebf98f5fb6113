package io.fizeau.core.layer;

import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import java.time.Duration;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Two words open a connection: 1 from the end that connects, 2 from the other one. After that, messages travel behind a byte 0. */
final class PasswordLayer implements TransformLayer {
    private static final Option<Duration> TIMEOUT = Option.duration(
            "timeout",
            Duration.ofSeconds(20),
            Duration.ofMillis(1),
            Duration.ofSeconds(20),
            "how long opening may take");
    private static final byte MESSAGE = 0;
    private static final byte NOISE = 9;

    @Override
    public String name() {
        return "password";
    }

    @Override
    public String description() {
        return "opens by words";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(TIMEOUT);
    }

    @Override
    public int worstGrowthBytes(final Settings settings, final int messageBytes) {
        return 1;
    }

    @Override
    public TransformSource source(final Settings settings, final Guarantees below) {
        final boolean isReliable = below.has(Guarantee.RELIABLE);
        final long timeoutNs = settings.get(TIMEOUT).toNanos();
        return new TransformSource() {
            @Override
            public Transform newTransform(final boolean isConnecting) {
                return new Password(isConnecting, isReliable);
            }

            @Override
            public int openingBytes() {
                return 1;
            }

            @Override
            public long openingTimeoutNs() {
                return timeoutNs;
            }
        };
    }

    private static final class Password implements Transform, Opening {
        private final byte own;
        private final byte others;
        private final boolean isReliable;
        private boolean isSpeaking;
        private boolean isAgreed;

        Password(final boolean isConnecting, final boolean isReliable) {
            this.own = (byte) (isConnecting ? 1 : 2);
            this.others = (byte) (3 - own);
            this.isReliable = isReliable;
            this.isSpeaking = isConnecting;
        }

        @Override
        public Opening opening() {
            return this;
        }

        @Override
        public int words(final MutableDirectBuffer target) {
            target.putByte(0, own);
            return isSpeaking ? 1 : NOTHING;
        }

        @Override
        public Step hear(final DirectBuffer buffer, final int offset, final int length) {
            if (length != 1 || buffer.getByte(offset) != others) {
                return isReliable ? Step.REJECT : Step.DROP;
            }
            final boolean isRepeated = isAgreed;
            isAgreed = true;
            if (own == 1) {
                return isRepeated ? Step.IGNORE : Step.OPEN;
            }
            isSpeaking = true;
            return isRepeated ? Step.SAY : Step.SAY_AND_OPEN;
        }

        @Override
        public int encode(
                final DirectBuffer message, final int offset, final int length, final MutableDirectBuffer target) {
            target.putByte(0, MESSAGE);
            target.putBytes(1, message, offset, length);
            return length + 1;
        }

        @Override
        public Decoded decode(
                final DirectBuffer encoded, final int offset, final int length, final DirectBuffer message) {
            if (length == 0 || encoded.getByte(offset) == NOISE) {
                return isReliable ? Decoded.REJECTED : Decoded.DROPPED;
            }
            if (encoded.getByte(offset) != MESSAGE) {
                return Decoded.OPENING;
            }
            message.wrap(encoded, offset + 1, length - 1);
            return Decoded.MESSAGE;
        }
    }
}
