package io.fizeau.transports.link.tun;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.impair.Direction;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ReflectionTest {
    private static final int LENGTH = 20;

    @Test
    void shouldBringAPacketFromTheClientBackAsOneFromItsAlias() throws UnknownHostException {
        final byte[] bytes = header("10.88.0.1", "10.88.1.2");
        final UnsafeBuffer packet = new UnsafeBuffer(bytes);
        assertThat(Reflection.direction(packet, LENGTH)).isEqualTo(Direction.TO_SERVER);
        Reflection.reflect(packet);
        assertThat(bytes).isEqualTo(header("10.88.0.2", "10.88.1.1"));
    }

    @Test
    void shouldBringAPacketFromTheServerBackAsOneFromItsAlias() throws UnknownHostException {
        final byte[] bytes = header("10.88.1.1", "10.88.0.2");
        final UnsafeBuffer packet = new UnsafeBuffer(bytes);
        assertThat(Reflection.direction(packet, LENGTH)).isEqualTo(Direction.TO_CLIENT);
        Reflection.reflect(packet);
        assertThat(bytes).isEqualTo(header("10.88.1.2", "10.88.0.1"));
    }

    @Test
    void shouldLeaveTheSumOfTheAddressesAsItWas() throws UnknownHostException {
        final byte[] before = header("10.88.0.1", "10.88.1.2");
        final byte[] after = Arrays.copyOf(before, LENGTH);
        Reflection.reflect(new UnsafeBuffer(after));
        assertThat(after).isNotEqualTo(before);
        assertThat(sum(after)).isEqualTo(sum(before));
    }

    @Test
    void shouldNotKnowOtherPackets() throws UnknownHostException {
        assertThat(Reflection.direction(new UnsafeBuffer(header("10.88.0.1", "10.88.1.1")), LENGTH))
                .isNull();
        assertThat(Reflection.direction(new UnsafeBuffer(header("10.88.0.1", "10.88.1.2")), LENGTH - 1))
                .isNull();
        final byte[] version6 = header("10.88.0.1", "10.88.1.2");
        version6[0] = 0x60;
        assertThat(Reflection.direction(new UnsafeBuffer(version6), LENGTH)).isNull();
    }

    private static byte[] header(final String source, final String destination) throws UnknownHostException {
        return ByteBuffer.allocate(LENGTH)
                .put(0, (byte) 0x45)
                .put(12, InetAddress.getByName(source).getAddress())
                .put(16, InetAddress.getByName(destination).getAddress())
                .array();
    }

    /** As the checksums of IP, TCP and UDP add (RFC 1071). */
    private static int sum(final byte[] bytes) {
        final ByteBuffer words = ByteBuffer.wrap(bytes);
        int sum = 0;
        while (words.hasRemaining()) {
            sum += words.getShort() & 0xFFFF;
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return sum;
    }
}
