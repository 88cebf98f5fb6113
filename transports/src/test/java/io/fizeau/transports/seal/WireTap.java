package io.fizeau.transports.seal;

import io.fizeau.core.layer.Decoded;
import io.fizeau.core.layer.Transform;
import io.fizeau.core.layer.TransformLayer;
import io.fizeau.core.layer.TransformSource;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Guarantees;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Somebody on the way, below a seal: sees what every connecting end sends, and may put something else in its place. */
final class WireTap implements TransformLayer {
    private static final int ROOM_BYTES = 1024;

    private final List<byte[]> seen = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<byte[]> attack = UnaryOperator.identity(); // the test

    /** What was sent so far, before it was tampered with. */
    List<byte[]> seen() {
        return seen;
    }

    /** Does this to what is sent from now on. */
    void tamper(final UnaryOperator<byte[]> with) {
        attack = with;
    }

    @Override
    public String name() {
        return "tap";
    }

    @Override
    public String description() {
        return "somebody on the way";
    }

    @Override
    public int worstGrowthBytes(final Settings settings, final int messageBytes) {
        return ROOM_BYTES;
    }

    @Override
    public TransformSource source(final Settings settings, final Guarantees below) {
        return isConnecting -> new Transform() {
            @Override
            public int encode(
                    final DirectBuffer message, final int offset, final int length, final MutableDirectBuffer target) {
                final byte[] original = new byte[length];
                message.getBytes(offset, original);
                if (!isConnecting) {
                    target.putBytes(0, original);
                    return length;
                }
                seen.add(original.clone());
                final byte[] sent = attack.apply(original);
                target.putBytes(0, sent);
                return sent.length;
            }

            @Override
            public Decoded decode(
                    final DirectBuffer encoded, final int offset, final int length, final DirectBuffer message) {
                message.wrap(encoded, offset, length);
                return Decoded.MESSAGE;
            }
        };
    }
}
