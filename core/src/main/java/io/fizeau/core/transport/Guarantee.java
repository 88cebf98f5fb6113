package io.fizeau.core.transport;

/**
 * One thing a transport can promise. The conformance kit tests each for those that promise it; the tables show them; the choice
 * of a transport is made by them.
 */
public enum Guarantee {
    /** Every accepted message is delivered exactly once, as long as the connection lives. */
    RELIABLE("reliable"),
    /** Messages are delivered in the order in which they were sent. */
    ORDERED("ordered"),
    /** A message arrives whole and alone, with the length it was sent with. */
    KEEPS_BOUNDARIES("boundaries"),
    /** Both ends learn, within {@link Guarantees#livenessNs()}, that the other has closed or died, and that nobody was there. */
    CONNECTED("connected"),
    /** Both ends may send at any time, without waiting for their turn. */
    DUPLEX("duplex"),
    /** A receiver that does not read makes the sender wait or see back-pressure, with memory bounded at both ends. */
    FLOW_CONTROLLED("flow-controlled"),
    /** Nobody on the way can read the messages. */
    ENCRYPTED("encrypted"),
    /** A message that was altered or made up on the way is never delivered. */
    AUTHENTICATED("authenticated"),
    /** The two ends may be two processes. */
    CROSSES_PROCESSES("cross-process"),
    /** The two ends may be two hosts. */
    CROSSES_HOSTS("cross-host"),
    /** {@link Connection#poll(int)} or {@link Node#poll(int)} sleeps until something comes: compare with its like only. */
    BLOCKING_DELIVERY("blocking-delivery"),
    /** {@link Connection#send} may wait for the peer, where others return {@link SendStatus#BACK_PRESSURED}. */
    BLOCKING_SEND("blocking-send"),
    /** Connections of a caller-driven node are each polled by their own thread, and {@link Node#poll(int)} delivers nothing. */
    POLLED_PER_CONNECTION("polled-per-connection"),
    /**
     * One thread may send on a connection while another delivers. Where the transport's own threads drive it and this is not
     * promised, only callbacks may send.
     */
    CONCURRENT_SEND("concurrent-send"),
    /** Each message leaves some garbage, bounded and in the docs, because a library below (a cipher, an HTTP server) allocates. */
    ALLOCATES("allocates");

    private final String label;

    Guarantee(final String label) {
        this.label = label;
    }

    /**
     * Its name in tables and files.
     *
     * @return lower-case letters and dashes.
     */
    public String label() {
        return label;
    }
}
