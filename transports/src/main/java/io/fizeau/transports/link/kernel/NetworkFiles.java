package io.fizeau.transports.link.kernel;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.host.ProtocolCounters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What /proc tells of the network namespace of this process, and takes for it. Stateless. */
public final class NetworkFiles {
    private static final Path DEVICES = Path.of("/proc/self/net/dev");
    private static final Path SNMP = Path.of("/proc/self/net/snmp");
    private static final Path SOFTNET = Path.of("/proc/net/softnet_stat");
    private static final Path DATAGRAM_SOCKETS = Path.of("/proc/self/net/udp");
    private static final Path SYSCTL = Path.of("/proc/sys/net");
    private static final int SENT = 9;
    private static final int SEND_DROPS = 11;

    private NetworkFiles() {}

    /**
     * How many packets the kernel meant to send out through a device: those that were, and those for which its queue had no room.
     *
     * @param device its name.
     * @return the number since the device was made.
     */
    public static long sent(final String device) {
        return sent(lines(DEVICES), device);
    }

    static long sent(final List<String> lines, final String device) {
        final String prefix = device + ':';
        for (final String line : lines) {
            if (line.strip().startsWith(prefix)) {
                final String[] fields =
                        line.strip().substring(prefix.length()).strip().split("\\s+", -1);
                return Long.parseLong(fields[SENT]) + Long.parseLong(fields[SEND_DROPS]);
            }
        }
        throw failed("there is no device " + device + " in " + DEVICES);
    }

    /**
     * A counter of /proc/net/snmp.
     *
     * @param protocol such as {@code Udp}.
     * @param name such as {@code RcvbufErrors}.
     * @return its value in this namespace; 0 if the kernel does not count it.
     */
    public static long snmp(final String protocol, final String name) {
        return snmp(lines(SNMP), protocol, name);
    }

    static long snmp(final List<String> lines, final String protocol, final String name) {
        return ProtocolCounters.parse(String.join("\n", lines), protocol).getOrDefault(name, 0L);
    }

    /**
     * Datagrams for which the receive buffers of some sockets had no room.
     *
     * @param ports the sockets' ports.
     * @return how many since they were opened; 0 where the system does not tell.
     */
    public static long datagramDrops(final List<Integer> ports) {
        return Files.isReadable(DATAGRAM_SOCKETS) ? datagramDrops(lines(DATAGRAM_SOCKETS), ports) : 0;
    }

    static long datagramDrops(final List<String> lines, final List<Integer> ports) {
        return lines.stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+", -1))
                .filter(fields -> ports.contains(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16)))
                .mapToLong(fields -> Long.parseLong(fields[fields.length - 1]))
                .sum();
    }

    /**
     * Packets that found the input queue of a processor full; of all namespaces together.
     *
     * @return the number since the machine started.
     */
    public static long backlogDrops() {
        return lines(SOFTNET).stream()
                .mapToLong(line -> Long.parseLong(line.split(" ", -1)[1], 16))
                .sum();
    }

    /**
     * Sets a value under net, where it can be set.
     *
     * @param name its path, such as {@code ipv4/tcp_no_metrics_save}.
     * @param value the value.
     * @return whether it is set now.
     */
    public static boolean set(final String name, final String value) {
        try {
            Files.writeString(SYSCTL.resolve(name), value);
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    private static List<String> lines(final Path file) {
        try {
            return Files.readAllLines(file);
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static TransportException failed(final String message) {
        return new TransportException(TransportException.NextStep.FAIL_RUN, message);
    }
}
