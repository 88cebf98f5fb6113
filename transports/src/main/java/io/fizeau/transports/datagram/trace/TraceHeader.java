package io.fizeau.transports.datagram.trace;

/**
 * Of which end of which connection a trace is.
 *
 * @param connectionId the same at both ends.
 * @param role which end.
 * @param pid the process.
 * @param transport the transport's name, without options.
 * @param node the node's name.
 * @param clock names the clock of the times: two traces with the same name, which is not empty, can be compared. It is the kernel's
 *     identity of this boot, because {@link System#nanoTime()} counts from the boot for all processes; empty where there is none.
 */
public record TraceHeader(long connectionId, Role role, long pid, String transport, String node, String clock) {
    /** The ends of a connection. */
    public enum Role {
        /** The one that connected. */
        CLIENT,
        /** The one that accepted. */
        SERVER
    }
}
