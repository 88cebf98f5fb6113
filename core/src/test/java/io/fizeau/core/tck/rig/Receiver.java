package io.fizeau.core.tck.rig;

import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import java.util.Arrays;
import java.util.BitSet;
import org.agrona.DirectBuffer;

/**
 * Checks the messages that one end of one connection is given, as far as the transport promises: whole, in order, once, and
 * after a RETRY the very same again. Used by the delivering thread.
 */
final class Receiver {
    private final String where;
    private final Faults faults;
    private final boolean isOrdered;
    private final boolean isReliable;
    private final Messages messages = new Messages();
    private final BitSet seen = new BitSet();
    private byte[] kept = new byte[64];
    private int keptBytes = -1;
    private int run = -1;
    private long next;

    Receiver(final String where, final Guarantees promised, final Faults faults) {
        this.where = where;
        this.faults = faults;
        this.isOrdered = promised.has(Guarantee.ORDERED);
        this.isReliable = promised.has(Guarantee.RELIABLE);
    }

    /** Whose traffic is expected; without it, whoever comes first on this connection. */
    void expectRun(final int expected) {
        this.run = expected;
    }

    /**
     * Checks a message.
     *
     * @return false if it is one that was delivered before and answered with RETRY.
     */
    boolean check(final DirectBuffer buffer, final int offset, final int length) {
        if (keptBytes >= 0) {
            checkSameAgain(buffer, offset, length);
            return false;
        }
        if (!messages.isIntact(buffer, offset, length)) {
            faults.report(where + ": a message of " + length + " bytes is corrupt or wrongly cut");
        } else if (Messages.isFramed(length)) {
            checkRun(BenchmarkFrame.run(buffer, offset));
            checkSequence(BenchmarkFrame.sequence(buffer, offset));
        }
        return true;
    }

    /** Remembers a message that is about to be answered with RETRY. */
    void keep(final DirectBuffer buffer, final int offset, final int length) {
        if (kept.length < length) {
            kept = new byte[length];
        }
        buffer.getBytes(offset, kept, 0, length);
        keptBytes = length;
    }

    private void checkSameAgain(final DirectBuffer buffer, final int offset, final int length) {
        boolean isSame = length == keptBytes;
        for (int i = 0; isSame && i < length; i++) {
            isSame = buffer.getByte(offset + i) == kept[i];
        }
        if (!isSame) {
            faults.report(where + ": after RETRY of a message of " + keptBytes + " bytes came another one, of " + length
                    + " bytes" + (length == keptBytes ? ", with other content" : ""));
        }
        keptBytes = -1;
        if (kept.length > 1 << 20) {
            kept = Arrays.copyOf(kept, 64);
        }
    }

    private void checkRun(final int actual) {
        if (run < 0) {
            run = actual;
        } else if (run != actual) {
            faults.report(where + ": a message of connection " + actual + " arrived on connection " + run);
        }
    }

    private void checkSequence(final long sequence) {
        if (isOrdered && isReliable) {
            if (sequence != next) {
                faults.report(where + ": message " + sequence + " came where " + next + " was due"
                        + (sequence < next ? " (duplicated or reordered)" : " (lost or reordered)"));
            }
            next = sequence + 1;
        } else if (isOrdered) {
            if (sequence < next - 1) {
                faults.report(where + ": message " + sequence + " came after " + (next - 1));
            }
            next = Math.max(next, sequence + 1);
        } else if (isReliable) {
            if (seen.get((int) sequence)) {
                faults.report(where + ": message " + sequence + " came twice");
            }
            seen.set((int) sequence);
        }
    }
}
