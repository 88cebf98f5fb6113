package io.fizeau.results.table;

import java.util.List;

/**
 * Lines that may be compared with each other.
 *
 * @param title the size and the regime, for example {@code 32 B, spinning}.
 * @param regime {@code spinning}, {@code blocking}, or {@code regime unknown}.
 * @param reference the transport that the others are compared with; empty if there is none.
 * @param lines one per transport.
 */
public record TransportGroup(String title, String regime, String reference, List<TransportLine> lines) {
    /** Copies the lists. */
    public TransportGroup {
        lines = List.copyOf(lines);
    }
}
