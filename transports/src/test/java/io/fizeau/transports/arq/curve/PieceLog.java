package io.fizeau.transports.arq.curve;

import java.util.Arrays;

/** When each piece left for the first time, whether that sending was lost, and when the piece was there. */
public final class PieceLog {
    private static final long NOT_YET = -1;

    private final long first;
    private long[] sentNs = new long[1 << 12];
    private long[] receivedNs = new long[1 << 12];
    private boolean[] isLost = new boolean[1 << 12];
    private int pieces;
    private long sendings;
    private long lostSendings;

    PieceLog(final long first) {
        this.first = first;
        Arrays.fill(receivedNs, NOT_YET);
    }

    void sent(final long piece, final long nowNs, final boolean lost) {
        final int at = (int) (piece - first);
        if (at >= sentNs.length) {
            final int old = sentNs.length;
            sentNs = Arrays.copyOf(sentNs, 2 * old);
            receivedNs = Arrays.copyOf(receivedNs, 2 * old);
            isLost = Arrays.copyOf(isLost, 2 * old);
            Arrays.fill(receivedNs, old, 2 * old, NOT_YET);
        }
        sentNs[at] = nowNs;
        isLost[at] = lost;
        pieces = Math.max(pieces, at + 1);
        count(lost);
    }

    void resent(final long piece, final boolean lost) {
        count(lost);
    }

    private void count(final boolean lost) {
        sendings++;
        lostSendings += lost ? 1 : 0;
    }

    void received(final long piece, final long nowNs) {
        final int at = (int) (piece - first);
        if (receivedNs[at] == NOT_YET) {
            receivedNs[at] = nowNs;
        }
    }

    /** Data datagrams sent, repetitions among them. */
    public long sendings() {
        return sendings;
    }

    /** The share of them that was lost. */
    public double loss() {
        return (double) lostSendings / sendings;
    }

    /** From its first sending to when a piece was there. */
    public long tookNs(final int piece) {
        if (piece >= pieces || receivedNs[piece] == NOT_YET) {
            throw new AssertionError("piece " + piece + " has not come");
        }
        return receivedNs[piece] - sentNs[piece];
    }

    /** The times of those of the first pieces whose first sending was lost, rising. */
    public long[] recoveriesNs(final int ofFirst) {
        final long[] times = new long[ofFirst];
        int count = 0;
        for (int piece = 0; piece < ofFirst; piece++) {
            if (isLost[piece]) {
                times[count++] = tookNs(piece);
            }
        }
        final long[] result = Arrays.copyOf(times, count);
        Arrays.sort(result);
        return result;
    }
}
