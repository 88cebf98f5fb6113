package io.fizeau.transports.link.tun;

import io.fizeau.core.impair.Direction;
import java.nio.ByteOrder;
import java.util.Optional;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of reflect mode: client and server live in one namespace, and each knows the other by an alias that is routed to the
 * device. The relay adds 1 to the source and takes 1 from the destination, so that a packet from the client to the server's alias
 * comes back as one from the client's alias to the server. Both addresses are in the IP header and in the checksums of TCP and UDP,
 * whose sums stay the same. Stateless.
 */
final class Reflection {
    static final String CLIENT = "10.88.0.1";
    static final String CLIENT_ALIAS = "10.88.0.2";
    static final String SERVER = "10.88.1.1";
    static final String SERVER_ALIAS = "10.88.1.2";

    /** Of an IP header without options. */
    static final int HEADER_BYTES = 20;

    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int CLIENT_ALIAS_BITS = 10 << 24 | 88 << 16 | 2;
    private static final int SERVER_ALIAS_BITS = 10 << 24 | 88 << 16 | 1 << 8 | 2;

    private Reflection() {}

    /** Which way a packet goes; null if it is no IPv4 packet between the two. */
    static @Nullable Direction direction(final MutableDirectBuffer packet, final int length) {
        if (length < HEADER_BYTES || packet.getByte(0) >>> 4 != 4) {
            return null;
        }
        return switch (packet.getInt(DESTINATION, ByteOrder.BIG_ENDIAN)) {
            case SERVER_ALIAS_BITS -> Direction.TO_SERVER;
            case CLIENT_ALIAS_BITS -> Direction.TO_CLIENT;
            default -> null;
        };
    }

    /** Turns a packet round. */
    static void reflect(final MutableDirectBuffer packet) {
        packet.putInt(SOURCE, packet.getInt(SOURCE, ByteOrder.BIG_ENDIAN) + 1, ByteOrder.BIG_ENDIAN);
        packet.putInt(DESTINATION, packet.getInt(DESTINATION, ByteOrder.BIG_ENDIAN) - 1, ByteOrder.BIG_ENDIAN);
    }

    /** By which address the other end knows this one. */
    static Optional<String> alias(final String host) {
        return switch (host) {
            case CLIENT -> Optional.of(CLIENT_ALIAS);
            case SERVER -> Optional.of(SERVER_ALIAS);
            default -> Optional.empty();
        };
    }
}
