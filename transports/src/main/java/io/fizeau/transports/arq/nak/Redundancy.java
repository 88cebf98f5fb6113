package io.fizeau.transports.arq.nak;

import io.fizeau.transports.datagram.session.Mechanism;
import org.agrona.DirectBuffer;

/**
 * What is sent beside the pieces so that a lost one need not be asked for; both directions of one end. Called back from within what it
 * calls: a piece that it restores may hand out a message whose answer is a piece that is sent.
 */
public interface Redundancy {
    /** There is none. */
    Redundancy NONE = new Redundancy() {
        @Override
        public int flags(final long number) {
            return 0;
        }

        @Override
        public void onSent(
                final long number, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
            // Nothing is kept of it.
        }

        @Override
        public boolean sendDue(final long nowNs) {
            return true;
        }

        @Override
        public boolean closeDue(final long nowNs) {
            return false;
        }

        @Override
        public boolean isOpen() {
            return false;
        }

        @Override
        public long deadlineNs() {
            return Mechanism.NEVER;
        }

        @Override
        public void onPiece(
                final long number,
                final int flags,
                final DirectBuffer buffer,
                final int offset,
                final int length,
                final long nowNs) {
            // Nothing is kept of it.
        }

        @Override
        public void onHeartbeat(final long end, final long nowNs) {
            // Says nothing about gaps that the machine does not know.
        }

        @Override
        public boolean onDatagram(
                final byte type,
                final int flags,
                final DirectBuffer buffer,
                final int offset,
                final int length,
                final long nowNs) {
            return false;
        }
    };

    /** The receiving half of the machine, as redundancy sees it. */
    interface Repairable {
        /**
         * The first piece that has not come.
         *
         * @return its number.
         */
        long missing();

        /**
         * The first piece for which there is no room.
         *
         * @return its number.
         */
        long credit();

        /**
         * Whether a piece is there.
         *
         * @param number its number.
         * @return true if it came or was restored.
         */
        boolean has(long number);

        /**
         * A piece is restored. May hand out messages.
         *
         * @param number its number.
         * @param buffer where its payload lies.
         * @param offset where it begins.
         * @param length its bytes, in the range of a payload.
         * @param nowNs the time.
         */
        void onRestored(long number, DirectBuffer buffer, int offset, int length, long nowNs);

        /**
         * The peer has sent all pieces before one.
         *
         * @param end the piece's number, no greater than the credit.
         * @param nowNs the time.
         */
        void onKnown(long end, long nowNs);

        /**
         * What is still missing before a piece will not be restored: it is asked for without a delay.
         *
         * @param end the piece's number.
         * @param nowNs the time.
         */
        void onPassed(long end, long nowNs);
    }

    /**
     * The flags of a piece.
     *
     * @param number of the piece to be sent for the first time next, or of one that was sent.
     * @return 0 to 31.
     */
    int flags(long number);

    /**
     * A piece was sent for the first time.
     *
     * @param number its number.
     * @param buffer where its payload lies, and before it two bytes with its length, little-endian; free again when this returns.
     * @param offset where it begins.
     * @param length its bytes.
     * @param nowNs the time.
     */
    void onSent(long number, DirectBuffer buffer, int offset, int length, long nowNs);

    /**
     * Sends what is due because of the pieces that were sent, or of {@link #closeDue}.
     *
     * @param nowNs the time.
     * @return false if the socket did not take it: no further piece may be sent before.
     */
    boolean sendDue(long nowNs);

    /**
     * Time has passed, and the sender has nothing to send at the moment.
     *
     * @param nowNs the time.
     * @return whether something is due to be sent because of that.
     */
    boolean closeDue(long nowNs);

    /**
     * Whether there are pieces for which something will be sent later.
     *
     * @return true if so.
     */
    boolean isOpen();

    /**
     * When {@link #closeDue} is to be called.
     *
     * @return the time in ns, or {@link Mechanism#NEVER}.
     */
    long deadlineNs();

    /**
     * A piece came that was not there; the machine has it now.
     *
     * @param number its number.
     * @param flags as the sender's redundancy gave them.
     * @param buffer where its payload lies, and before it two bytes with its length, little-endian.
     * @param offset where the payload begins.
     * @param length its bytes.
     * @param nowNs the time.
     */
    void onPiece(long number, int flags, DirectBuffer buffer, int offset, int length, long nowNs);

    /**
     * The sender rests, after all that its redundancy had to send.
     *
     * @param end one beyond the last piece that it sent.
     * @param nowNs the time.
     */
    void onHeartbeat(long end, long nowNs);

    /**
     * A datagram came that is none of the machine's.
     *
     * @param type its type.
     * @param flags its flags.
     * @param buffer where it lies.
     * @param offset where its body begins.
     * @param length the body's bytes.
     * @param nowNs the time.
     * @return false if no such datagram can be.
     */
    boolean onDatagram(byte type, int flags, DirectBuffer buffer, int offset, int length, long nowNs);
}
