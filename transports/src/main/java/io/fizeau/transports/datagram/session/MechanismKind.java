package io.fizeau.transports.datagram.session;

/** A mechanism, before it serves a connection. Immutable, thread-safe. */
public interface MechanismKind {
    /**
     * Its number in each datagram.
     *
     * @return 1 to 127, different for each mechanism.
     */
    byte protocol();

    /**
     * Bytes of a data datagram that are not the user's, header and all; what is left of the longest datagram carries messages.
     *
     * @return bytes.
     */
    int overheadBytes();

    /**
     * Whether a message may be longer than a datagram carries.
     *
     * @return true if it is cut into pieces, as it is unless overridden.
     */
    default boolean fragments() {
        return true;
    }

    /**
     * Makes the machine for one end of a connection.
     *
     * @param settings what was agreed upon.
     * @param carrier the way out.
     * @param counters takes what is counted.
     * @param trace takes what happens.
     * @return a new one.
     */
    Mechanism create(MechanismSettings settings, Carrier carrier, ArqCounters counters, DatagramTrace trace);
}
