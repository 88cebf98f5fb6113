package io.fizeau.transports.datagram.trace;

import io.fizeau.transports.datagram.session.DatagramTrace;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps what happens at one end of a connection in memory that is there beforehand: a record costs a few stores, allocates nothing and
 * blocks nobody. When the memory is full the records that are there stay, so that messages have their whole stories from the first one
 * on, and later ones are counted only.
 *
 * <p>One thread at a time records. Any thread may take a {@link #trace()} meanwhile.
 */
public final class TraceRecorder implements DatagramTrace {
    private static final VarHandle SIZE;

    static {
        try {
            SIZE = MethodHandles.lookup().findVarHandle(TraceRecorder.class, "size", int.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final TraceHeader header;
    private final UnsafeBuffer records;
    private final int capacity;
    private int size;
    private long notKept;

    /**
     * Makes room.
     *
     * @param header of which end it is.
     * @param capacity how many records are kept, 32 bytes each.
     */
    public TraceRecorder(final TraceHeader header, final int capacity) {
        this.header = header;
        this.capacity = capacity;
        this.records = new UnsafeBuffer(ByteBuffer.allocateDirect(Math.multiplyExact(capacity, Trace.RECORD_BYTES)));
    }

    @Override
    public void record(final long nowNs, final Event event, final long number, final long sequence, final int length) {
        final int index = size;
        if (index == capacity) {
            notKept++;
            return;
        }
        final int at = index * Trace.RECORD_BYTES;
        records.putLong(at + Trace.NOW_NS, nowNs, ByteOrder.LITTLE_ENDIAN);
        records.putLong(at + Trace.NUMBER, number, ByteOrder.LITTLE_ENDIAN);
        records.putLong(at + Trace.SEQUENCE, sequence, ByteOrder.LITTLE_ENDIAN);
        records.putInt(at + Trace.LENGTH, length, ByteOrder.LITTLE_ENDIAN);
        records.putInt(at + Trace.EVENT, Trace.code(event), ByteOrder.LITTLE_ENDIAN);
        SIZE.setRelease(this, index + 1);
    }

    /**
     * What was recorded so far.
     *
     * @return a view that later records do not change.
     */
    public Trace trace() {
        return new Trace(header, records, (int) SIZE.getAcquire(this), notKept);
    }
}
