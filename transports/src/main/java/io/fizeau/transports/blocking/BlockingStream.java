package io.fizeau.transports.blocking;

import io.fizeau.core.address.Address;
import io.fizeau.transports.framing.FrameWriter;
import io.fizeau.transports.framing.ReceiveBuffer;
import io.fizeau.transports.socket.PeerRefusedException;
import java.io.IOException;

/**
 * The bytes of one connection, over a socket that blocks: a stream each way.
 *
 * <p><b>Thread-safety.</b> {@link #connect()}, {@link #accept()} and {@link #read} are called by the delivering thread,
 * {@link #write} by one thread at a time, which may be another one and may do so during a read; {@link #close()} by any thread at
 * any time, and it ends whatever waits.
 *
 * @implSpec The steady path allocates nothing where that can be had.
 */
public interface BlockingStream {
    /**
     * Connects, with whatever handshake there is. Waits for it, for the connect time-out at the most. Called once, on a stream
     * that was opened to connect.
     *
     * @throws PeerRefusedException if somebody is there who does not speak the protocol or is not to be trusted.
     * @throws IOException if nobody is there, or no answer came in time.
     */
    void connect() throws IOException;

    /**
     * Ends the accepting side's handshake, if there is one. Waits for it; who takes too long is closed by the listener. Called once, on
     * a stream that was accepted, by the connection's own thread.
     *
     * @throws PeerRefusedException if the peer does not speak the protocol or is not to be trusted.
     * @throws IOException if the connection broke.
     */
    void accept() throws IOException;

    /**
     * Reads once, and waits for something to read.
     *
     * @param in takes what comes, and has room; it came from {@link #newReceiveBuffer}.
     * @return how many bytes were added to it; 0 if nothing came within the read time-out; -1 after an orderly end.
     * @throws PeerRefusedException if the peer broke the protocol.
     * @throws IOException if the connection broke.
     */
    int read(ReceiveBuffer in) throws IOException;

    /**
     * Writes all that waits, and waits until it is written.
     *
     * @param out holds it, and is not changed but for marks of its buffer; it came from {@link #newFrameWriter}.
     * @throws IOException if the connection broke; nothing can be written any more.
     */
    void write(FrameWriter out) throws IOException;

    /** Closes it, so that the peer reads an orderly end where that can be had without waiting. Idempotent. */
    void close();

    /**
     * Closes it without a word to the peer, and without waiting; a {@link #close()} that waits ends. Idempotent.
     *
     * @implSpec The default is {@link #close()}, for streams that have nobody to wait for there.
     */
    default void closeNow() {
        close();
    }

    /**
     * The peer.
     *
     * @return where it is, or the address that is connected to.
     */
    Address remote();

    /**
     * Makes a buffer of the kind that this stream reads into.
     *
     * @param capacityBytes its first capacity.
     * @return an empty buffer.
     */
    ReceiveBuffer newReceiveBuffer(int capacityBytes);

    /**
     * Makes a writer of the kind that this stream writes from.
     *
     * @param gatherBytes how far its buffer grows before it asks to be written out.
     * @return an empty writer.
     */
    FrameWriter newFrameWriter(int gatherBytes);
}
