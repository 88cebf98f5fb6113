package io.fizeau.transports.framing;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/**
 * Lays messages on what goes out of one connection, and keeps what could not be written yet. Not thread-safe: it belongs to
 * whoever sends.
 */
public interface MessageWriter {
    /**
     * Puts a message behind those that wait, if there is room. The hot path of gathered sends.
     *
     * @param source holds the message.
     * @param offset where it starts.
     * @param length its length in bytes, which the caller has checked.
     * @return false if nothing was taken for want of room.
     */
    boolean append(DirectBuffer source, int offset, int length);

    /**
     * Tries to make room for a message by growing.
     *
     * @param length the message's length in bytes.
     * @return true if {@link #append} will take it now; false if what waits has to be written out first.
     */
    boolean grow(int length);

    /**
     * Whether everything was written.
     *
     * @return true if nothing waits, for the socket or for its turn.
     */
    boolean isEmpty();

    /**
     * How much may be written now.
     *
     * @return bytes; 0 although something waits, if it has to wait for the peer's turn to end.
     */
    int unwrittenBytes();

    /**
     * What may be written now, for a channel. Tell {@link #written(int)} how much of it was.
     *
     * @return a buffer, its position and limit around what may be written; valid until the next call of any method.
     */
    ByteBuffer unwritten();

    /**
     * Tells that bytes were written.
     *
     * @param count how many.
     * @return true if nothing more may be written now.
     */
    boolean written(int count);

    /** Forgets what waits: it can never be written. */
    void clear();

    /**
     * Whether something must be written although nobody sends or flushes: an answer that came has freed the way, say, or a tick has
     * made something. Asked by the driving thread after each delivery and tick, without the connection's lock.
     *
     * @return false unless overridden.
     */
    default boolean isDue() {
        return false;
    }

    /**
     * Lets it look at the clock. By the driving thread, under the connection's lock.
     *
     * @param nowNs {@link System#nanoTime()}.
     */
    default void tick(final long nowNs) {}
}
