package io.fizeau.results.run;

import java.util.List;

/**
 * One transport as the manifest describes it.
 *
 * @param spec the spec string it was asked for by, which is also the value of the parameter {@code transport}.
 * @param name of the transport alone.
 * @param guarantees what it promises with these settings.
 * @param blocking true if its threads sleep while they wait; false if they spin. The two are never compared.
 * @param competes false for the harness's own floor, {@code inproc}.
 * @param datagrams true if it sends datagrams, which a host may drop.
 * @param available false if it cannot run on this machine.
 * @param reason why not, otherwise empty.
 * @param kit what the conformance kit found.
 * @param maxMessageBytes the longest message that it takes; 0 if the manifest does not say it.
 * @param bare the spec of the same without layers and without security of its own; empty where there is nothing to take off.
 */
public record TransportEntry(
        String spec,
        String name,
        List<String> guarantees,
        boolean blocking,
        boolean competes,
        boolean datagrams,
        boolean available,
        String reason,
        Kit kit,
        int maxMessageBytes,
        String bare) {
    /** Copies the guarantees. */
    public TransportEntry {
        guarantees = List.copyOf(guarantees);
    }

    /**
     * What the conformance kit found.
     *
     * @param verdict {@code PASSED}, {@code FAILED} or {@code NOT_RUN}.
     * @param detail what failed, or why it was not run; may be empty.
     */
    public record Kit(String verdict, String detail) {
        /** {@return true if it ran and nothing failed} */
        public boolean passed() {
            return verdict.equals("PASSED");
        }
    }
}
