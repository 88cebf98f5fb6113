package io.fizeau.transports.link;

import io.fizeau.core.address.Address;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.PathCounts;
import java.time.Duration;
import java.util.Map;

/** No link at all, to compare with: the loopback. */
final class PlainLink implements Link {
    @Override
    public void apply(final Impairment impairment) {
        if (!impairment.isNone()) {
            throw new IllegalArgumentException(impairment.text());
        }
    }

    @Override
    public void tcp(final TcpRoute route) {
        throw new UnsupportedOperationException(route.text());
    }

    @Override
    public LinkReport report() {
        return new LinkReport("plain", "none", PathCounts.ZERO, PathCounts.ZERO, 0, "system", "", Map.of());
    }

    @Override
    public Blackout blackout(final Duration duration) {
        throw new UnsupportedOperationException(duration.toString());
    }

    @Override
    public String serverBind() {
        return "127.0.0.1:0";
    }

    @Override
    public Address reach(final Address listening) {
        return listening;
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}
