package io.fizeau.bench.protocol;

import io.fizeau.core.host.HostFiles;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many bytes have left over each network device, in the network namespace of this process: {@code /proc/net/dev}. On a link
 * of one device that is both ways together, with the headers of IP and above, and with acknowledgements.
 */
public final class NetworkDevices {
    static final String DEVICES = "/proc/net/dev";
    private static final int SENT_BYTES = 8;

    private NetworkDevices() {}

    /**
     * Reads the counters.
     *
     * @param files the host's.
     * @return device to bytes sent, or why there are none.
     */
    public static CounterSet sentBytes(final HostFiles files) {
        final String text = files.text(DEVICES);
        if (!HostFiles.isKnown(text)) {
            return CounterSet.unavailable(text);
        }
        final Map<String, Long> sent = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            final int colon = line.indexOf(':');
            final String[] fields = line.substring(colon + 1).strip().split("\\s+", -1);
            if (colon > 0
                    && fields.length > SENT_BYTES
                    && fields[SENT_BYTES].chars().allMatch(Character::isDigit)) {
                sent.put(line.substring(0, colon).strip(), Long.parseLong(fields[SENT_BYTES]));
            }
        });
        return sent.isEmpty() ? CounterSet.unavailable(DEVICES + " names no device") : CounterSet.of(sent);
    }
}
