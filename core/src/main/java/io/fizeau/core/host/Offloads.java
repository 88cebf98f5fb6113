package io.fizeau.core.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network interface does in place of the kernel's protocols, or what the kernel does for many packets at once: as {@code
 * ethtool -k} tells it, by the same call (SIOCETHTOOL, see linux/ethtool.h).
 */
enum Offloads {
    RX_CHECKSUM("rx-checksum", 0x14, 1),
    TX_CHECKSUM("tx-checksum", 0x16, 1),
    SCATTER_GATHER("scatter-gather", 0x18, 1),
    TCP_SEGMENTATION("tso", 0x1e, 1),
    GENERIC_SEGMENTATION("gso", 0x23, 1),
    GENERIC_RECEIVE("gro", 0x2b, 1),
    /** One of several flags behind one command. */
    LARGE_RECEIVE("lro", 0x25, 1 << 15);

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int SIOCETHTOOL = 0x8946;
    private static final int NAME_BYTES = 16;
    private static final int REQUEST_BYTES = 40;
    private static final int VALUE_BYTES = 8;

    private final String label;
    private final int command;
    private final int mask;

    Offloads(final String label, final int command, final int mask) {
        this.label = label;
        this.command = command;
        this.mask = mask;
    }

    /** Each offload of each interface, or why that is not known. */
    static String of(final List<String> interfaces) {
        if (!Platform.isLinux()) {
            return HostFiles.UNAVAILABLE + "only Linux is asked for them";
        }
        try {
            final int socket = NetworkCalls.socket(AF_INET, SOCK_DGRAM, 0);
            try {
                final List<String> all = new ArrayList<>();
                for (final String name : interfaces) {
                    all.add(name + ' ' + of(socket, name));
                }
                return all.isEmpty() ? HostFiles.UNAVAILABLE + "no interfaces are listed" : String.join("; ", all);
            } finally {
                NetworkCalls.close(socket);
            }
        } catch (final LastErrorException e) {
            return HostFiles.UNAVAILABLE + "no socket to ask by: error " + e.getErrorCode();
        } catch (final LinkageError e) {
            return HostFiles.UNAVAILABLE + "native calls do not work here";
        }
    }

    private static String of(final int socket, final String name) {
        final List<String> states = new ArrayList<>();
        for (final Offloads offload : values()) {
            states.add(offload.label + ' ' + offload.state(socket, name));
        }
        return String.join(", ", states);
    }

    private String state(final int socket, final String name) {
        try (Memory value = new Memory(VALUE_BYTES);
                Memory request = new Memory(REQUEST_BYTES)) {
            value.setInt(0, command);
            value.setInt(Integer.BYTES, 0);
            request.clear();
            final byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            request.write(0, bytes, 0, Math.min(bytes.length, NAME_BYTES - 1));
            request.setPointer(NAME_BYTES, value);
            NetworkCalls.ioctl(socket, new NativeLong(SIOCETHTOOL), request);
            return (value.getInt(Integer.BYTES) & mask) == 0 ? "off" : "on";
        } catch (final LastErrorException e) {
            return "unknown (error " + e.getErrorCode() + ')';
        }
    }
}
