package io.fizeau.bench.server;

import io.fizeau.bench.pin.CpuSet;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.settings.Sends;
import java.util.OptionalInt;

/**
 * How a server runs.
 *
 * @param cpu the processor of the serving thread; empty if it may run anywhere.
 * @param allowed where all other threads may run, which undoes the pinning inherited from whoever starts the server.
 * @param idle how the thread that polls the node waits, while somebody is connected and for a second after that.
 * @param service how long it works on each message, as {@link io.fizeau.core.load.ServiceTime} reads it.
 */
public record ServerSettings(OptionalInt cpu, CpuSet allowed, Idle idle, String service) {
    private static final String NO_SERVICE = "none";

    /** The client's and the server's: with fewer processors they must take turns. */
    private static final int SPINNING_THREADS = 2;

    /**
     * A server that answers at once.
     *
     * @param cpu as above.
     * @param allowed as above.
     * @param idle as above.
     */
    public ServerSettings(final OptionalInt cpu, final CpuSet allowed, final Idle idle) {
        this(cpu, allowed, idle, NO_SERVICE);
    }

    /**
     * For a server that is measured by a client on this host or another: it spins while somebody is connected and for
     * a second after that, if there are processors enough and latency is what counts.
     *
     * @param cpu as above.
     * @param allowed as above.
     * @param sends the clients'; where they gather, a server with nothing to do yields, because a media driver may need the core.
     * @return the settings.
     */
    public static ServerSettings measuring(final OptionalInt cpu, final CpuSet allowed, final Sends sends) {
        final boolean spins = allowed.size() >= SPINNING_THREADS && sends == Sends.EACH;
        return new ServerSettings(cpu, allowed, spins ? Idle.SPIN : Idle.YIELD);
    }

    /**
     * The same with a service time.
     *
     * @param newService as {@link io.fizeau.core.load.ServiceTime} reads it.
     * @return new settings.
     */
    public ServerSettings working(final String newService) {
        return new ServerSettings(cpu, allowed, idle, newService);
    }
}
