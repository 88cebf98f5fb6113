package io.fizeau.transports.arq.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class GaloisFieldTest {
    @Test
    void shouldMultiplyAsPolynomialsModuloThePolynomialOfTheField() {
        for (int a = 0; a < GaloisField.SIZE; a++) {
            for (int b = 0; b < GaloisField.SIZE; b++) {
                assertThat(GaloisField.multiply(a, b)).as("%d * %d", a, b).isEqualTo(slowProduct(a, b));
            }
        }
    }

    @Test
    void shouldDivideSoThatMultiplyingGivesBackTheDividend() {
        for (int a = 0; a < GaloisField.SIZE; a++) {
            for (int b = 1; b < GaloisField.SIZE; b++) {
                assertThat(slowProduct(GaloisField.divide(a, b), b))
                        .as("%d / %d", a, b)
                        .isEqualTo(a);
            }
        }
    }

    @Test
    void shouldAddProductsOfJustTheBytesAskedFor() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (final int factor : new int[] {0, 1, 2, 0x8e, 0xff}) {
            for (int length = 0; length <= 40; length++) {
                final byte[] source = new byte[64];
                final byte[] target = new byte[64];
                random.nextBytes(source);
                random.nextBytes(target);
                final byte[] expected = target.clone();
                for (int i = 0; i < length; i++) {
                    expected[5 + i] ^= (byte) slowProduct(factor, source[3 + i] & 0xff);
                }

                GaloisField.addProduct(factor, new UnsafeBuffer(source), 3, length, new UnsafeBuffer(target), 5);

                assertThat(target)
                        .as("seed %d, factor %d, length %d", seed, factor, length)
                        .isEqualTo(expected);
            }
        }
    }

    /** The product of polynomials over GF(2), and the rest of dividing it by x^8 + x^4 + x^3 + x^2 + 1. */
    static int slowProduct(final int a, final int b) {
        int product = 0;
        for (int bit = 0; bit < 8; bit++) {
            if ((b >> bit & 1) == 1) {
                product ^= a << bit;
            }
        }
        for (int bit = 14; bit >= 8; bit--) {
            if ((product >> bit & 1) == 1) {
                product ^= 0b1_0001_1101 << (bit - 8);
            }
        }
        return product;
    }
}
