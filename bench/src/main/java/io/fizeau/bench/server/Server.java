package io.fizeau.bench.server;

import io.fizeau.core.address.Address;
import io.fizeau.core.host.ProcessMemory;
import io.fizeau.core.load.PeerWatch;
import io.fizeau.transports.datagram.trace.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The far end of a benchmark, seen from the near one, wherever it runs. All methods may be called by any thread. */
public interface Server extends PeerWatch, AutoCloseable {
    /**
     * Where it listens.
     *
     * @return an address to connect to.
     */
    Address address();

    /**
     * What it has done so far; complete for the phases that have ended.
     *
     * @return the figures, or empty if they cannot be had from here.
     */
    Optional<ServerStatistics> statistics();

    /**
     * How it was set up: which processor, which waiting.
     *
     * @return names and values, with {@code unavailable: reason} for what is not known.
     */
    Map<String, String> notes();

    /**
     * The process it runs in, where that is known and is on this host.
     *
     * @return the process's number, or empty.
     */
    default OptionalLong pid() {
        return OptionalLong.empty();
    }

    /**
     * Starts to note what disturbs its process, until {@link #endNoise()}.
     *
     * @implSpec Does nothing where the server has no process of its own to speak of.
     */
    default void beginNoise() {}

    /**
     * What disturbed its process since {@link #beginNoise()}.
     *
     * @return one line that {@link ServerNoise} reads, or {@code unavailable: reason}.
     */
    default String endNoise() {
        return "unavailable: the server shares the fork's process";
    }

    /**
     * What a reader has to know of its process: the JVM and its flags.
     *
     * @return names and values; empty if it has no process of its own.
     */
    default Map<String, String> manifest() {
        return Map.of();
    }

    /**
     * What the nodes of its process have counted of datagrams, sums over all of them.
     *
     * @return names and values; empty if it has no process of its own, or no such node.
     */
    default Map<String, Long> datagramCounters() {
        return Map.of();
    }

    /**
     * The traces of its process as they are now. Takes some milliseconds.
     *
     * @return those of the nodes that are open; empty if it has no process of its own, or nothing is traced.
     */
    default List<Trace> traces() {
        return List.of();
    }

    /**
     * What memory its process holds after a collection, which this makes it do.
     *
     * @return the figures; empty if it has no process of its own, or gives no answer.
     */
    default Optional<ProcessMemory> memory() {
        return Optional.empty();
    }

    /** Stops it, if it was started from here. Idempotent; when it returns, the process or thread is gone. */
    @Override
    void close();
}
