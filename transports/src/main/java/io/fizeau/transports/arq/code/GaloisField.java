package io.fizeau.transports.arq.code;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Arithmetic in GF(2^8) with the polynomial {@code x^8 + x^4 + x^3 + x^2 + 1} (0x11d), the field of RFC 5510, section 8.1. An element is
 * an int from 0 to 255; the sum of two is their exclusive or. 2 generates all that are not zero.
 */
final class GaloisField {
    /** How many elements there are. */
    static final int SIZE = 256;

    private static final int POLYNOMIAL = 0x11d;
    private static final int ORDER = SIZE - 1;
    private static final int BYTE_MASK = 0xff;
    private static final int[] LOG = new int[SIZE];
    private static final int[] EXP = new int[2 * ORDER];
    private static final byte[][] PRODUCTS = new byte[SIZE][SIZE];

    static {
        int power = 1;
        for (int i = 0; i < ORDER; i++) {
            EXP[i] = power;
            EXP[i + ORDER] = power;
            LOG[power] = i;
            power <<= 1;
            if (power >= SIZE) {
                power ^= POLYNOMIAL;
            }
        }
        for (int a = 1; a < SIZE; a++) {
            for (int b = 1; b < SIZE; b++) {
                PRODUCTS[a][b] = (byte) EXP[LOG[a] + LOG[b]];
            }
        }
    }

    private GaloisField() {}

    static int multiply(final int a, final int b) {
        return PRODUCTS[a][b] & BYTE_MASK;
    }

    /** The quotient; the divisor is not zero. */
    static int divide(final int dividend, final int divisor) {
        return dividend == 0 ? 0 : EXP[LOG[dividend] + ORDER - LOG[divisor]];
    }

    /** Adds a factor times each byte of a source to the byte in the same place of a target. */
    static void addProduct(
            final int factor,
            final DirectBuffer source,
            final int sourceOffset,
            final int length,
            final MutableDirectBuffer target,
            final int targetOffset) {
        if (factor == 1) {
            add(source, sourceOffset, length, target, targetOffset);
        } else if (factor != 0) {
            addProduct(PRODUCTS[factor], source, sourceOffset, length, target, targetOffset);
        }
    }

    private static void add(
            final DirectBuffer source,
            final int sourceOffset,
            final int length,
            final MutableDirectBuffer target,
            final int targetOffset) {
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            target.putLong(targetOffset + i, target.getLong(targetOffset + i) ^ source.getLong(sourceOffset + i));
        }
        for (; i < length; i++) {
            target.putByte(
                    targetOffset + i, (byte) (target.getByte(targetOffset + i) ^ source.getByte(sourceOffset + i)));
        }
    }

    private static void addProduct(
            final byte[] products,
            final DirectBuffer source,
            final int sourceOffset,
            final int length,
            final MutableDirectBuffer target,
            final int targetOffset) {
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            final long product = productOfEight(products, source.getLong(sourceOffset + i));
            target.putLong(targetOffset + i, target.getLong(targetOffset + i) ^ product);
        }
        for (; i < length; i++) {
            final byte product = products[source.getByte(sourceOffset + i) & BYTE_MASK];
            target.putByte(targetOffset + i, (byte) (target.getByte(targetOffset + i) ^ product));
        }
    }

    private static long productOfEight(final byte[] products, final long eight) {
        long product = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            product |= (products[(int) (eight >>> shift) & BYTE_MASK] & (long) BYTE_MASK) << shift;
        }
        return product;
    }
}
