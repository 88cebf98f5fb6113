package io.fizeau.core.host;

import java.util.LinkedHashMap;
import java.util.Map;

/** The kernel's counters of protocols, as {@code /proc/net/snmp} and {@code /proc/net/netstat} have them. Stateless. */
public final class ProtocolCounters {
    private ProtocolCounters() {}

    /**
     * Takes such a file apart: two lines for each protocol, the names, then the numbers.
     *
     * @param text the file.
     * @param protocol what stands before the colon.
     * @return name to number; a number that cannot be read is left out.
     */
    public static Map<String, Long> parse(final String text, final String protocol) {
        final String[][] lines = text.lines()
                .filter(line -> line.startsWith(protocol + ": "))
                .map(line -> line.split("\\s+", -1))
                .toArray(String[][]::new);
        final Map<String, Long> values = new LinkedHashMap<>();
        for (int i = 1; lines.length > 1 && i < Math.min(lines[0].length, lines[1].length); i++) {
            try {
                values.put(lines[0][i], Long.parseLong(lines[1][i]));
            } catch (final NumberFormatException e) {
                // A column of another form is of no use, and the others still are.
                values.remove(lines[0][i]);
            }
        }
        return values;
    }
}
