package io.fizeau.bench.protocol;

import io.fizeau.bench.jmh.Figure;
import java.util.List;

/**
 * What a protocol did in one iteration. What is not known is NaN.
 *
 * @param rows all of it, as rows.
 * @param retransmissions what was sent again, both ends together: TCP's segments, Aeron's frames.
 * @param spurious of these, what was not needed, as far as the receiver has told (TCP's duplicate SACKs).
 * @param wireBytes bytes that left over the network device, both ways together.
 * @param mssBytes the longest segment of the client's connection, in bytes of payload.
 */
public record ProtocolCounts(
        List<Figure> rows, double retransmissions, double spurious, double wireBytes, double mssBytes) {
    /** Copies the list. */
    public ProtocolCounts {
        rows = List.copyOf(rows);
    }
}
