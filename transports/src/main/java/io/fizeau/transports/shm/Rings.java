package io.fizeau.transports.shm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * What the two ends of a connection share: a ring each way, and a word of each end about itself. The memory has no name, and so ends
 * with the last of the two, however they end.
 *
 * <p>The rings are for one sending and one delivering thread, which say that they are inside by {@link #sending} and
 * {@link #delivering}. The peer's word may be read by whoever is inside.
 */
final class Rings {
    /** The listening end has accepted. An end's word before it has said anything is 0. */
    static final int ACCEPTED = 1;

    /** The end is gone; at the listening end also: it never accepted. */
    static final int GONE = 2;

    final Use sending = new Use();
    final Use delivering = new Use();
    final OneToOneRingBuffer outbound;
    final RingReader inbound;

    private final ByteBuffer memory;
    private final UnsafeBuffer words;
    private final int ownAt;
    private final int peerAt;
    private boolean isFreed; // under this object's monitor

    private Rings(final ByteBuffer memory, final int maxMessageBytes, final boolean isListening) {
        final int ringBytes = Layout.ringBytes(maxMessageBytes);
        this.memory = memory;
        this.words = new UnsafeBuffer(memory, 0, Layout.PAGE_BYTES);
        final UnsafeBuffer toListener = new UnsafeBuffer(memory, Layout.PAGE_BYTES, ringBytes);
        final UnsafeBuffer toConnector = new UnsafeBuffer(memory, Layout.PAGE_BYTES + ringBytes, ringBytes);
        this.outbound = new OneToOneRingBuffer(isListening ? toConnector : toListener);
        this.inbound = new RingReader(
                isListening ? toListener : toConnector, Layout.capacity(maxMessageBytes), maxMessageBytes);
        this.ownAt = isListening ? Layout.LISTENER_AT : Layout.CONNECTOR_AT;
        this.peerAt = isListening ? Layout.CONNECTOR_AT : Layout.LISTENER_AT;
    }

    /**
     * Maps them.
     *
     * @param memory a connection's.
     * @param maxMessageBytes the longest message.
     * @param isListening which end this is.
     * @return the rings.
     * @throws IOException if they cannot be mapped.
     */
    static Rings map(final SealedMemory memory, final int maxMessageBytes, final boolean isListening)
            throws IOException {
        return new Rings(memory.map(), maxMessageBytes, isListening);
    }

    /** What a connection to nobody has: memory of this process, in which the other end is gone. */
    static Rings ofNobody() {
        final int least = ShmTransport.LEAST_MESSAGE_BYTES;
        final ByteBuffer memory = ByteBuffer.allocateDirect((int) Layout.connectionBytes(least));
        memory.order(ByteOrder.nativeOrder()).putInt(Layout.LISTENER_AT, GONE);
        return new Rings(memory, least, false);
    }

    /**
     * Tells a connecting end that it is not accepted, without mapping anything.
     *
     * @param memory a connection's.
     * @throws IOException if it cannot be written to.
     */
    static void refuse(final SealedMemory memory) throws IOException {
        final ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
        memory.write(word.putInt(0, GONE), Layout.LISTENER_AT);
    }

    /** Says that this end has accepted, unless it has said already that it is gone. */
    void accept() {
        words.compareAndSetInt(ownAt, 0, ACCEPTED);
    }

    /** What this end says about itself. */
    void say(final int word) {
        words.putIntRelease(ownAt, word);
    }

    /** What the other end says about itself. */
    int peerWord() {
        return words.getIntVolatile(peerAt);
    }

    /**
     * Unmaps them, unless somebody is inside. Only after the connection has closed, so that nobody enters any more.
     *
     * @return true if they are unmapped.
     */
    synchronized boolean tryFree() {
        if (!isFreed && !sending.isOn() && !delivering.isOn()) {
            isFreed = true;
            BufferUtil.free(memory);
        }
        return isFreed;
    }
}
