package io.fizeau.transports.datagram.trace;

import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * What happened at one end of a connection, in the order in which it did. What is in it does not change any more, though the memory may
 * be that of a recorder which goes on. Thread-safe.
 */
public final class Trace {
    static final int RECORD_BYTES = 32;
    static final int NOW_NS = 0;
    static final int NUMBER = 8;
    static final int SEQUENCE = 16;
    static final int LENGTH = 24;
    static final int EVENT = 28;

    /** An event's code is its place. In a file too: a new one goes to the end, any other change is a new version of the file. */
    private static final List<Event> EVENTS = List.of(Event.values());

    private final TraceHeader header;
    private final DirectBuffer records;
    private final int size;
    private final long notKept;

    Trace(final TraceHeader header, final DirectBuffer records, final int size, final long notKept) {
        this.header = header;
        this.records = records;
        this.size = size;
        this.notKept = notKept;
    }

    /**
     * Of which end it is.
     *
     * @return the header.
     */
    public TraceHeader header() {
        return header;
    }

    /**
     * How many records there are.
     *
     * @return a count.
     */
    public int size() {
        return size;
    }

    /**
     * How many there would be beside, later ones, had there been room.
     *
     * @return a count, which may be a little old while the recorder goes on.
     */
    public long notKept() {
        return notKept;
    }

    /**
     * When.
     *
     * @param index of the record, from 0.
     * @return ns of the clock that the header names.
     */
    public long nowNs(final int index) {
        return records.getLong(index * RECORD_BYTES + NOW_NS, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * What.
     *
     * @param index of the record, from 0.
     * @return the event.
     */
    public Event event(final int index) {
        return EVENTS.get(records.getInt(index * RECORD_BYTES + EVENT, ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * The number, as the event has it.
     *
     * @param index of the record, from 0.
     * @return a number.
     */
    public long number(final int index) {
        return records.getLong(index * RECORD_BYTES + NUMBER, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Which data datagram.
     *
     * @param index of the record, from 0.
     * @return the number of its piece, or -1.
     */
    public long sequence(final int index) {
        return records.getLong(index * RECORD_BYTES + SEQUENCE, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The length, as the event has it.
     *
     * @param index of the record, from 0.
     * @return bytes, or what the event says.
     */
    public int length(final int index) {
        return records.getInt(index * RECORD_BYTES + LENGTH, ByteOrder.LITTLE_ENDIAN);
    }

    /** The records as they lie. */
    DirectBuffer records() {
        return records;
    }

    @SuppressWarnings("EnumOrdinal") // on the hot path; the places are part of the file's format, which has a version
    static int code(final Event event) {
        return event.ordinal();
    }

    static boolean isCode(final int code) {
        return code >= 0 && code < EVENTS.size();
    }
}
