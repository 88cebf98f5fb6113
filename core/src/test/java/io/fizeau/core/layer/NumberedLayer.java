package io.fizeau.core.layer;

import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Puts a running number before each message and expects it at the other end: a message encoded or decoded once too often, or not
 * often enough, ends the connection. Decodes in place or into a buffer of its own.
 */
final class NumberedLayer implements TransformLayer {
    static final Option<Boolean> COPIES = Option.flag("copies", false, "whether decode copies");

    @Override
    public String name() {
        return "numbered";
    }

    @Override
    public String description() {
        return "a running number before each message";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(COPIES);
    }

    @Override
    public Set<Guarantee> adds(final Settings settings) {
        return Set.of(Guarantee.AUTHENTICATED); // not true, but visible
    }

    @Override
    public int worstGrowthBytes(final Settings settings, final int messageBytes) {
        return Long.BYTES + messageBytes / 100;
    }

    @Override
    public TransformSource source(final Settings settings, final Guarantees below) {
        final boolean copies = settings.get(COPIES);
        return isConnecting -> new Transform() {
            private final ExpandableArrayBuffer copy = new ExpandableArrayBuffer();
            private long sent;
            private long received;

            @Override
            public int encode(
                    final DirectBuffer message, final int offset, final int length, final MutableDirectBuffer target) {
                target.putLong(0, sent);
                target.putBytes(Long.BYTES, message, offset, length);
                return Long.BYTES + length;
            }

            @Override
            public void onAccepted() {
                sent++;
            }

            @Override
            public Decoded decode(
                    final DirectBuffer encoded, final int offset, final int length, final DirectBuffer message) {
                if (length < Long.BYTES || encoded.getLong(offset) != received++) {
                    return Decoded.REJECTED;
                }
                if (copies) {
                    copy.putBytes(0, encoded, offset + Long.BYTES, length - Long.BYTES);
                    message.wrap(copy, 0, length - Long.BYTES);
                } else {
                    message.wrap(encoded, offset + Long.BYTES, length - Long.BYTES);
                }
                return Decoded.MESSAGE;
            }
        };
    }
}
