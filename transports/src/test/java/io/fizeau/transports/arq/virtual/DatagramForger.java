package io.fizeau.transports.arq.virtual;

import io.fizeau.transports.datagram.wire.Memory;
import io.fizeau.transports.datagram.wire.Wire;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes datagrams that no honest peer sent, many of them out of ones that one did send. */
final class DatagramForger {
    private static final int MOST_LEARNED = 64;
    private static final int FIRST_LEARNED = 16;
    private static final int LONGEST_RANDOM = 200;
    private static final int CONNECTION = 8;
    private static final Wire WIRE = new Wire();

    private final byte protocol;
    private final Dice dice;
    private final List<byte[]> learned = new ArrayList<>();
    private int next;

    DatagramForger(final byte protocol, final Dice dice) {
        this.protocol = protocol;
        this.dice = dice;
    }

    /** Keeps the first ones, of the opening, and the latest ones. */
    void learn(final byte[] datagram) {
        if (learned.size() < MOST_LEARNED) {
            learned.add(datagram);
        } else {
            learned.set(FIRST_LEARNED + next++ % (MOST_LEARNED - FIRST_LEARNED), datagram);
        }
    }

    /** One whose checksum is wrong, or that is none of this protocol; never one that passes. */
    byte[] broken() {
        final byte[] datagram = switch (learned.isEmpty() ? 0 : dice.below(4)) {
            case 0 -> random();
            case 1 -> Arrays.copyOf(one(), dice.below(one().length));
            default -> flipped(one());
        };
        if (isWhole(datagram)) {
            datagram[dice.between(0, Wire.HEADER_BYTES - 1)] ^= (byte) (1 << dice.below(8));
        }
        return datagram;
    }

    /** One with a good checksum, and whatever in it. */
    byte[] sealed() {
        byte[] datagram = switch (learned.isEmpty() ? 0 : dice.below(7)) {
            case 0 -> Arrays.copyOf(random(), Wire.HEADER_BYTES + dice.below(LONGEST_RANDOM));
            case 1 -> Arrays.copyOf(one(), Wire.HEADER_BYTES + dice.below(one().length));
            case 2 -> withField(one());
            case 3 -> withField(withField(one()));
            case 4 -> one();
            default -> flipped(one());
        };
        datagram = datagram.length < Wire.HEADER_BYTES ? Arrays.copyOf(datagram, Wire.HEADER_BYTES) : datagram;
        if (!learned.isEmpty() && !dice.isOneIn(8)) {
            System.arraycopy(one(), CONNECTION, datagram, CONNECTION, Long.BYTES);
        }
        if (dice.isOneIn(4)) {
            datagram[2] = (byte) (dice.isOneIn(2) ? dice.between(16, 24) : dice.below(256));
        }
        seal(datagram, protocol);
        return datagram;
    }

    byte[] any() {
        return dice.isOneIn(2) ? broken() : sealed();
    }

    private byte[] one() {
        return learned.get(dice.below(learned.size())).clone();
    }

    private byte[] random() {
        final byte[] bytes = new byte[dice.below(LONGEST_RANDOM)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) dice.next();
        }
        return bytes;
    }

    private byte[] flipped(final byte[] datagram) {
        for (int i = dice.between(1, 3); i > 0; i--) {
            datagram[dice.below(datagram.length)] ^= (byte) (1 << dice.below(8));
        }
        return datagram;
    }

    /** A number in the body becomes another one: the next or the last, an extreme, or any. */
    private byte[] withField(final byte[] datagram) {
        if (datagram.length >= Wire.HEADER_BYTES + Integer.BYTES) {
            final UnsafeBuffer view = new UnsafeBuffer(datagram);
            final int fields = (datagram.length - Wire.HEADER_BYTES) / Short.BYTES - 1;
            final int at = Wire.HEADER_BYTES + Short.BYTES * dice.below(Math.min(fields, 16));
            final int was = view.getInt(at, ByteOrder.LITTLE_ENDIAN);
            view.putInt(
                    at,
                    switch (dice.below(6)) {
                        case 0 -> was + 1;
                        case 1 -> was - 1;
                        case 2 -> was + dice.between(-100, 100);
                        case 3 -> was ^ Integer.MIN_VALUE;
                        case 4 -> dice.isOneIn(2) ? 0 : -1;
                        default -> (int) dice.next();
                    },
                    ByteOrder.LITTLE_ENDIAN);
        }
        return datagram;
    }

    private boolean isWhole(final byte[] datagram) {
        return WIRE.check(memory(datagram), 0, datagram.length, protocol) == Wire.Check.GOOD;
    }

    static void putConnection(final byte[] datagram, final long connectionId) {
        new UnsafeBuffer(datagram).putLong(CONNECTION, connectionId, ByteOrder.LITTLE_ENDIAN);
    }

    /** Makes the checksum right. */
    static void seal(final byte[] datagram) {
        seal(datagram, datagram[1]);
    }

    private static void seal(final byte[] datagram, final byte protocol) {
        final Memory memory = memory(datagram);
        final UnsafeBuffer view = memory.view();
        WIRE.seal(
                memory,
                0,
                datagram.length,
                protocol,
                Wire.type(view, 0),
                Wire.flags(view, 0),
                Wire.connectionId(view, 0));
        view.getBytes(0, datagram);
    }

    private static Memory memory(final byte[] datagram) {
        final Memory memory = Memory.onHeap(Math.max(Wire.HEADER_BYTES, datagram.length));
        memory.view().putBytes(0, datagram);
        return memory;
    }
}
