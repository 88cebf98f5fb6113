package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.probe.ClockProbe;
import io.fizeau.core.address.Address;
import io.fizeau.core.layer.Decoded;
import io.fizeau.core.layer.Transform;
import io.fizeau.core.layer.TransformLayer;
import io.fizeau.core.layer.TransformSource;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Burns a known time in each send, and changes nothing: so it is known beforehand by how much a round trip gets slower. Only at the
 * end that connects, so that a round trip pays once.
 *
 * <p>It spins until the clock has moved on. That takes one reading to begin with, and on average half a reading too many at the
 * end; so one and a half readings, measured when the connection is made, are taken off what is spun for.
 */
public final class BurnLayer implements TransformLayer {
    static final Option<Integer> NS =
            Option.integer("ns", 500, 0, 1_000_000, "how long each send of the connecting end spins, in nanoseconds");

    private static final double READINGS_BESIDE = 1.5;

    /** Found by the service loader. */
    public BurnLayer() {}

    @Override
    public String name() {
        return "burn";
    }

    @Override
    public String description() {
        return "burns a known time in each send, for fizeau verify-instrument";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(NS);
    }

    @Override
    public TransformSource source(final Settings settings, final Guarantees below) {
        final int ns = settings.get(NS);
        return isConnecting -> new Burn(ns);
    }

    @Override
    public int worstGrowthBytes(final Settings settings, final int messageBytes) {
        return 0;
    }

    @Override
    public Node wrap(final Settings settings, final Guarantees promised, final Node below, final NodeContext context) {
        return new ConnectingEnd(TransformLayer.super.wrap(settings, promised, below, context), below);
    }

    /** Spins, and copies the message, as a layer that alters it has to. */
    private static final class Burn implements Transform {
        private final long spinNs;

        Burn(final int ns) {
            this.spinNs = ns - Math.round(READINGS_BESIDE * ClockProbe.run().costNs());
        }

        @Override
        public int encode(
                final DirectBuffer message, final int offset, final int length, final MutableDirectBuffer target) {
            final long startNs = System.nanoTime();
            target.putBytes(0, message, offset, length);
            long nowNs;
            do {
                nowNs = System.nanoTime();
            } while (nowNs - startNs < spinNs);
            return length;
        }

        @Override
        public Decoded decode(
                final DirectBuffer encoded, final int offset, final int length, final DirectBuffer message) {
            message.wrap(encoded, offset, length);
            return Decoded.MESSAGE;
        }
    }

    /**
     * A node whose connections burn and whose listeners do not.
     *
     * @param burning what connects.
     * @param below what listens.
     */
    private record ConnectingEnd(Node burning, Node below) implements Node {
        @Override
        public Listener listen(final Address address, final ConnectionHandler handler) {
            return below.listen(address, handler);
        }

        @Override
        public Connection connect(final Address address, final ConnectionHandler handler) {
            return burning.connect(address, handler);
        }

        @Override
        public int poll(final int limit) {
            return below.poll(limit);
        }

        @Override
        public void close() {
            burning.close();
        }
    }
}
