package io.fizeau.core.message;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What the two ends of a measurement say to each other over the very transport they measure, a flyweight: begin a phase, tell
 * how far you are, and the answer to both. So a server on another host needs no other line to its client.
 *
 * <p>A {@link BenchmarkFrame} whose run is {@link #RUN}, which no phase uses; its sequence numbers the requests of a client, and
 * an answer repeats the number. After the header:
 *
 * <pre>{@code
 *  offset  bytes  field
 *      32      4  run of the phase that is meant
 *      36      4  phase that is meant
 *      40      4  request: which role the server takes (0 echo, 1 sink, 4 fan out), plus 2 if it checks every byte
 *      44      4  request: length of the phase's messages in bytes
 *      48      8  request: messages to a credit; answer: how many messages have arrived
 *      56      8  answer: the highest sequence that has arrived, plus 1
 *      64      8  answer: messages with a wrong length, phase or content
 *      72      8  answer: messages that came twice or after a later one
 * }</pre>
 *
 * Stateless and thread-safe.
 */
public final class ControlFrame {
    /** Length in bytes. */
    public static final int BYTES = 80;

    /** The value of the run field that tells a control frame from a message. */
    public static final int RUN = Integer.MIN_VALUE;

    /** What a control frame wants, in its phase field. */
    public enum Kind {
        /** Start a phase: take a role and count from 0. */
        BEGIN(0),
        /** Tell how far the phase is. */
        ASK(1),
        /** How far the phase is; also sent unasked, as credit. */
        PROGRESS(2);

        private final int code;

        Kind(final int code) {
            this.code = code;
        }
    }

    private static final Kind[] KINDS = Kind.values();
    private static final int MEANT_RUN = 32;
    private static final int MEANT_PHASE = 36;
    private static final int ROLE = 40;
    private static final int MESSAGE_BYTES = 44;
    private static final int FIRST = 48;
    private static final int NEXT = 56;
    private static final int WRONG = 64;
    private static final int OUT_OF_ORDER = 72;

    private ControlFrame() {}

    /**
     * Whether a message is a control frame.
     *
     * @param buffer holds the message.
     * @param offset where it starts.
     * @param length its length.
     * @return true if it is.
     */
    public static boolean isControl(final DirectBuffer buffer, final int offset, final int length) {
        return length == BYTES
                && BenchmarkFrame.run(buffer, offset) == RUN
                && BenchmarkFrame.phase(buffer, offset) >= 0
                && BenchmarkFrame.phase(buffer, offset) < KINDS.length;
    }

    /**
     * What a control frame wants.
     *
     * @param buffer holds a control frame.
     * @param offset where it starts.
     * @return its kind.
     */
    public static Kind kind(final DirectBuffer buffer, final int offset) {
        return KINDS[BenchmarkFrame.phase(buffer, offset)];
    }

    /**
     * Writes a request to begin a phase.
     *
     * @param buffer where to, at offset 0.
     * @param request its number.
     * @param run the run.
     * @param phase the phase.
     * @param role the role, as above.
     * @param messageBytes the length of the phase's messages.
     * @param creditEvery how many messages are acknowledged by a credit; 0 for none.
     */
    public static void writeBegin(
            final MutableDirectBuffer buffer,
            final long request,
            final int run,
            final int phase,
            final int role,
            final int messageBytes,
            final long creditEvery) {
        writeMeant(buffer, Kind.BEGIN, request, run, phase);
        putInt(buffer, ROLE, role);
        putInt(buffer, MESSAGE_BYTES, messageBytes);
        putLong(buffer, FIRST, creditEvery);
    }

    /**
     * Writes a request to tell how far a phase is.
     *
     * @param buffer where to, at offset 0.
     * @param request its number.
     * @param run the run.
     * @param phase the phase.
     */
    public static void writeAsk(final MutableDirectBuffer buffer, final long request, final int run, final int phase) {
        writeMeant(buffer, Kind.ASK, request, run, phase);
    }

    /**
     * Writes how far a phase is.
     *
     * @param buffer where to, at offset 0.
     * @param request the number of the request that is answered, or -1 for a credit.
     * @param run the run.
     * @param phase the phase.
     * @param arrived how many messages have arrived.
     * @param next the highest sequence that has arrived, plus 1.
     * @param wrong how many had a wrong length, phase or content.
     * @param outOfOrder how many came twice or after a later one.
     */
    public static void writeProgress(
            final MutableDirectBuffer buffer,
            final long request,
            final int run,
            final int phase,
            final long arrived,
            final long next,
            final long wrong,
            final long outOfOrder) {
        writeMeant(buffer, Kind.PROGRESS, request, run, phase);
        putLong(buffer, FIRST, arrived);
        putLong(buffer, NEXT, next);
        putLong(buffer, WRONG, wrong);
        putLong(buffer, OUT_OF_ORDER, outOfOrder);
    }

    /**
     * The run that is meant.
     *
     * @param buffer holds a control frame.
     * @param offset where it starts.
     * @return the field.
     */
    public static int meantRun(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + MEANT_RUN, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The phase that is meant.
     *
     * @param buffer holds a control frame.
     * @param offset where it starts.
     * @return the field.
     */
    public static int meantPhase(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + MEANT_PHASE, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Which role the server takes, in a request.
     *
     * @param buffer holds a control frame.
     * @param offset where it starts.
     * @return the field.
     */
    public static int role(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + ROLE, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The length of the phase's messages, in a request.
     *
     * @param buffer holds a control frame.
     * @param offset where it starts.
     * @return bytes.
     */
    public static int messageBytes(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + MESSAGE_BYTES, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * How many messages are acknowledged by a credit, in a request.
     *
     * @param buffer holds a control frame.
     * @param offset where it starts.
     * @return a count, or 0 for no credit.
     */
    public static long creditEvery(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + FIRST, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * How many messages have arrived, in an answer.
     *
     * @param buffer holds a control frame.
     * @param offset where it starts.
     * @return a count.
     */
    public static long arrived(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + FIRST, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The highest sequence that has arrived, plus 1, in an answer.
     *
     * @param buffer holds a control frame.
     * @param offset where it starts.
     * @return the sequence.
     */
    public static long next(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + NEXT, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * How many messages had a wrong length, phase or content, in an answer.
     *
     * @param buffer holds a control frame.
     * @param offset where it starts.
     * @return a count.
     */
    public static long wrong(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + WRONG, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * How many messages came twice or after a later one, in an answer.
     *
     * @param buffer holds a control frame.
     * @param offset where it starts.
     * @return a count.
     */
    public static long outOfOrder(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + OUT_OF_ORDER, ByteOrder.LITTLE_ENDIAN);
    }

    private static void writeMeant(
            final MutableDirectBuffer buffer, final Kind kind, final long request, final int run, final int phase) {
        buffer.setMemory(0, BYTES, (byte) 0);
        BenchmarkFrame.writeHeader(buffer, 0, RUN, kind.code, request, 0, BYTES);
        putInt(buffer, MEANT_RUN, run);
        putInt(buffer, MEANT_PHASE, phase);
    }

    private static void putInt(final MutableDirectBuffer buffer, final int offset, final int value) {
        buffer.putInt(offset, value, ByteOrder.LITTLE_ENDIAN);
    }

    private static void putLong(final MutableDirectBuffer buffer, final int offset, final long value) {
        buffer.putLong(offset, value, ByteOrder.LITTLE_ENDIAN);
    }
}
