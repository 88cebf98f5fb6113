package io.fizeau.transports.nio;

import io.fizeau.transports.socket.PeerRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of one connection, over a socket that does not block.
 *
 * <p><b>Thread-safety.</b> {@link #handshake()}, {@link #read} and {@link #hasInput()} are called by the driving thread;
 * {@link #write} by one thread at a time, which may be another one and may do so during a read; {@link #wantsWrite()} and
 * {@link #close()} by any thread at any time.
 *
 * @implSpec {@code read} writes nothing to the socket: what it finds has to be answered (a key update, say) is kept, and
 *     {@link #wantsWrite()} says so; the connection then calls {@link #write}. What is kept, either way, is bounded. The steady
 *     path allocates nothing where that can be had.
 */
public interface ConnectionChannel {
    /**
     * Moves on the handshake before the first bytes. Called when the socket is connected, and then whenever there may be
     * something to read or room to write, until it is finished. Does not block.
     *
     * @return true once it is finished, and bytes may flow.
     * @throws PeerRefusedException if the peer does not speak the protocol or is not to be trusted.
     * @throws IOException if the connection broke.
     */
    boolean handshake() throws IOException;

    /**
     * Reads what there is.
     *
     * @param target where to, with room; at least one byte.
     * @return how many bytes; 0 if there are none now; -1 after an orderly end.
     * @throws PeerRefusedException if the peer broke the protocol.
     * @throws IOException if the connection broke or the end was not an orderly one.
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Writes out what is kept, and then takes what it can.
     *
     * @param source the bytes; it may be empty. Nothing is taken while kept bytes do not get out.
     * @return how many of them were taken.
     * @throws PeerRefusedException if what the peer sent before has made writing impossible; nobody waits for an end of its stream
     *     then.
     * @throws IOException if the connection broke.
     */
    int write(ByteBuffer source) throws IOException;

    /**
     * Whether {@link #read} or {@link #handshake()} has something to do that no selector will name, because it has left the socket
     * already.
     *
     * @return true if it must be called again without waiting.
     */
    boolean hasInput();

    /**
     * Whether bytes are kept that the socket did not take, or that nobody has tried to write yet.
     *
     * @return true if {@link #write} must be called, when the socket has room.
     */
    boolean wantsWrite();

    /**
     * Closes the socket, after one attempt, which does not wait, to tell the peer. Idempotent.
     *
     * @throws IOException if the socket does not close.
     */
    void close() throws IOException;
}
