package io.fizeau.transports.arq.code;

import io.fizeau.core.error.TransportException;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A systematic erasure code: data datagrams go out as they are, repair datagrams after them, and of k data and m repair datagrams any k
 * give back all the data. A block may be closed early, with fewer data than the most: the others then count as zeros.
 *
 * <p>The factor of data j in repair row i is {@code (255 + j) / ((255 - i) + j)} in GF(2^8), where plus and minus of the elements 255 and j
 * are exclusive or, and 255 - i is an ordinary difference. That is the Cauchy matrix {@code 1 / (x_i + y_j)} of x_i = 255 - i and
 * y_j = j, each column scaled so that row 0 is all ones: row 0 is the plain exclusive or. Every square part of a Cauchy matrix is
 * invertible, and scaling a column keeps that. Source: Bloemer and others, <em>An XOR-based erasure-resilient coding scheme</em>, ICSI
 * TR-95-048, 1995. A factor does not depend on the sizes of the code.
 *
 * <p>Datagrams may differ in length: what is shorter counts as followed by zeros. A recovered datagram comes back with those zeros, so
 * its length has to be part of what is coded: {@link #LENGTH_BYTES} before it. For a datagram of 5 bytes at offset 100,
 * <pre>{@code
 * BlockCode.putLength(buffer, 98, 5);
 * code.addData(row, index, buffer, 98, BlockCode.LENGTH_BYTES + 5, repair, repairOffset);
 * }</pre>
 * and, when slot s has been recovered, {@code BlockCode.lengthAt(block, s, lengths[index])} is 5 and the datagram is at s + 2.
 *
 * <p>Used by one thread; allocates nothing once made.
 */
public final class BlockCode {
    /** Bytes of length before each datagram in what is coded. */
    public static final int LENGTH_BYTES = Short.BYTES;

    /** Stands for the length of a datagram that has not come. */
    public static final int MISSING = -1;

    private static final int MAX_TOTAL = 255;
    private static final int FIRST_ROW_ELEMENT = 255;
    private static final int MAX_LENGTH = 0xffff;

    private final int maxData;
    private final int maxRepair;
    private final int[][] factors;

    private final int[] missing;
    private final int[] rows;
    private final int[][] matrix;
    private final int[][] inverse;

    /**
     * Makes the factors and the scratch space.
     *
     * @param maxData the most data datagrams of a block, 1 or more.
     * @param maxRepair the most repair datagrams of a block, 0 or more; with the data 255 at the most.
     * @throws TransportException if a count is out of range.
     */
    public BlockCode(final int maxData, final int maxRepair) {
        if (maxData < 1 || maxRepair < 0 || maxData > MAX_TOTAL - maxRepair) {
            throw TransportException.badRequest("a block of " + maxData + " data and " + maxRepair
                    + " repair datagrams: at least 1 and 0 are needed, and together at most " + MAX_TOTAL);
        }
        this.maxData = maxData;
        this.maxRepair = maxRepair;
        this.factors = new int[maxRepair][maxData];
        for (int row = 0; row < maxRepair; row++) {
            for (int index = 0; index < maxData; index++) {
                factors[row][index] = GaloisField.divide(FIRST_ROW_ELEMENT ^ index, (FIRST_ROW_ELEMENT - row) ^ index);
            }
        }
        this.missing = new int[maxRepair];
        this.rows = new int[maxRepair];
        this.matrix = new int[maxRepair][maxRepair];
        this.inverse = new int[maxRepair][maxRepair];
    }

    /**
     * Writes the length that goes before a datagram, little-endian.
     *
     * @param buffer takes it.
     * @param offset where it goes.
     * @param length bytes of the datagram, 0 to 65 535.
     */
    public static void putLength(final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.putShort(offset, (short) length, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads the length that goes before a datagram.
     *
     * @param buffer holds it.
     * @param offset where it is.
     * @param codedLength bytes from there on that belong to the datagram, with its length and the zeros after it.
     * @return bytes of the datagram, or {@link #MISSING} if they would not fit in: what was sent was not coded in this way.
     */
    public static int lengthAt(final DirectBuffer buffer, final int offset, final int codedLength) {
        if (codedLength < LENGTH_BYTES) {
            return MISSING;
        }
        final int length = buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & MAX_LENGTH;
        return length <= codedLength - LENGTH_BYTES ? length : MISSING;
    }

    /**
     * Adds data to a repair datagram, in any order, each once. The repair datagram is all zeros before the first, and as long as the
     * longest data of the block.
     *
     * @param repairRow which repair datagram, from 0.
     * @param dataIndex which data datagram, from 0.
     * @param data holds what is coded: the length and the datagram.
     * @param offset where that starts.
     * @param length its bytes.
     * @param repair holds the repair datagram.
     * @param repairOffset where that starts.
     */
    public void addData(
            final int repairRow,
            final int dataIndex,
            final DirectBuffer data,
            final int offset,
            final int length,
            final MutableDirectBuffer repair,
            final int repairOffset) {
        GaloisField.addProduct(factors[repairRow][dataIndex], data, offset, length, repair, repairOffset);
    }

    /**
     * Computes the missing data of a block, all or none. The block is an array of slots: those of the most data first, then one a repair
     * row. What has come lies at the start of its slot; what is missing is written there and its length set to that of the repair
     * datagrams, zeros included. Repair datagrams stay as they are. Of repair rows, the first that have come are used.
     *
     * @param block holds the slots.
     * @param offset where the first starts.
     * @param slotBytes from one slot to the next, no less than any length.
     * @param lengths bytes in each slot, or {@link #MISSING}; as many as the most data and repair together.
     * @param dataCount how many data the block was closed with, 1 to the most; slots of data beyond are not looked at.
     * @return whether all data are there now. If not, nothing has changed: too few repair datagrams have come, or their lengths differ
     *     from each other or are less than those of data, so that they are not of one block.
     */
    public boolean recover(
            final MutableDirectBuffer block,
            final int offset,
            final int slotBytes,
            final int[] lengths,
            final int dataCount) {
        final int count = findMissing(lengths, dataCount);
        if (count == 0) {
            return true;
        }
        if (count > maxRepair || !findRows(lengths, count)) {
            return false;
        }
        final int codedLength = lengths[maxData + rows[0]];
        for (int index = 0; index < dataCount; index++) {
            if (lengths[index] > codedLength) {
                return false;
            }
        }
        invert(count);
        for (int i = 0; i < count; i++) {
            final int target = offset + missing[i] * slotBytes;
            block.setMemory(target, codedLength, (byte) 0);
            for (int index = 0; index < dataCount; index++) {
                if (lengths[index] != MISSING) {
                    final int factor = factorOfData(i, index, count);
                    GaloisField.addProduct(factor, block, offset + index * slotBytes, lengths[index], block, target);
                }
            }
            for (int j = 0; j < count; j++) {
                final int source = offset + (maxData + rows[j]) * slotBytes;
                GaloisField.addProduct(inverse[i][j], block, source, codedLength, block, target);
            }
        }
        for (int i = 0; i < count; i++) {
            lengths[missing[i]] = codedLength;
        }
        return true;
    }

    /** The factor of data in a repair datagram. */
    int factor(final int repairRow, final int dataIndex) {
        return factors[repairRow][dataIndex];
    }

    private int findMissing(final int[] lengths, final int dataCount) {
        int count = 0;
        for (int index = 0; index < dataCount; index++) {
            if (lengths[index] == MISSING) {
                if (count < maxRepair) {
                    missing[count] = index;
                }
                count++;
            }
        }
        return count;
    }

    private boolean findRows(final int[] lengths, final int wanted) {
        int count = 0;
        for (int row = 0; row < maxRepair && count < wanted; row++) {
            final int length = lengths[maxData + row];
            if (length != MISSING) {
                if (count > 0 && length != lengths[maxData + rows[0]]) {
                    return false;
                }
                rows[count] = row;
                count++;
            }
        }
        return count == wanted;
    }

    /** What is missing is the inverse times the sums of repair and present data: this is the factor of present data in it. */
    private int factorOfData(final int missingAt, final int index, final int count) {
        int factor = 0;
        for (int j = 0; j < count; j++) {
            factor ^= GaloisField.multiply(inverse[missingAt][j], factors[rows[j]][index]);
        }
        return factor;
    }

    /** By elimination. The leading parts of the matrix are invertible as well, so no pivot is zero and no rows are exchanged. */
    private void invert(final int count) {
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                matrix[i][j] = factors[rows[i]][missing[j]];
                inverse[i][j] = i == j ? 1 : 0;
            }
        }
        for (int pivot = 0; pivot < count; pivot++) {
            final int scale = GaloisField.divide(1, matrix[pivot][pivot]);
            for (int j = 0; j < count; j++) {
                matrix[pivot][j] = GaloisField.multiply(scale, matrix[pivot][j]);
                inverse[pivot][j] = GaloisField.multiply(scale, inverse[pivot][j]);
            }
            for (int i = 0; i < count; i++) {
                final int factor = i == pivot ? 0 : matrix[i][pivot];
                for (int j = 0; j < count; j++) {
                    matrix[i][j] ^= GaloisField.multiply(factor, matrix[pivot][j]);
                    inverse[i][j] ^= GaloisField.multiply(factor, inverse[pivot][j]);
                }
            }
        }
    }
}
