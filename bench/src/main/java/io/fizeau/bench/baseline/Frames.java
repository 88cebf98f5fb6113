package io.fizeau.bench.baseline;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.message.MessageContent;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes and checks the messages of a loop: length and sequence of each, as the suites do, and every byte of the first ones, which
 * are under way before anything is timed. Used by one thread.
 */
final class Frames {
    /** The length before each message over TCP, as the transports have it. */
    static final int PREFIX_BYTES = Integer.BYTES;

    /** How many messages of each loop are filled, and checked to the last byte. */
    static final int VERIFIED_MESSAGES = 200;

    private final MessageContent content = new MessageContent();
    private final int messageBytes;

    Frames(final int messageBytes) {
        this.messageBytes = messageBytes;
    }

    void write(final MutableDirectBuffer buffer, final int offset, final long sequence) {
        BenchmarkFrame.writeHeader(buffer, offset, 0, 0, sequence, 0, messageBytes);
        if (sequence < VERIFIED_MESSAGES) {
            content.fill(buffer, offset);
        }
    }

    void check(final DirectBuffer buffer, final int offset, final int length, final long sequence) {
        if (length != messageBytes
                || BenchmarkFrame.messageBytes(buffer, offset) != length
                || BenchmarkFrame.sequence(buffer, offset) != sequence
                || (sequence < VERIFIED_MESSAGES && !content.isIntact(buffer, offset, length))) {
            throw wrong(length, sequence);
        }
    }

    private TransportException wrong(final int length, final long sequence) {
        return new TransportException(
                TransportException.NextStep.FAIL_RUN,
                "a wrong message came: " + length + " bytes in place of message " + sequence + " of " + messageBytes
                        + " bytes");
    }
}
