package io.fizeau.transports.datagram.session;

/** Takes what happens to messages and datagrams, at one end of a connection. On the hot path: it must not allocate or block. */
@FunctionalInterface
public interface DatagramTrace {
    /** Takes nothing. */
    DatagramTrace NONE = (nowNs, event, number, sequence, length) -> {};

    /** What happened. */
    enum Event {
        /** A message was accepted: number is its index from 0, sequence its first data datagram, length that of its last one. */
        ACCEPTED,
        /** A data datagram left for the first time: number is that of the datagram, where it has one of its own. */
        SENT,
        /** A data datagram left again. */
        RESENT,
        /** The sender learned that a data datagram has come. */
        ACKNOWLEDGED,
        /** The sender takes a data datagram for lost: number is that of the lost one. */
        LOST,
        /** A time-out of the sender: length is how often in a row. */
        TIMEOUT,
        /** The receiver took a data datagram in. */
        RECEIVED,
        /** The receiver had it already. */
        DUPLICATE,
        /** The receiver asked for data datagrams: sequence is the first, length how many. */
        REQUESTED,
        /** Redundancy restored a data datagram. */
        RESTORED,
        /** A message was handed out: number is its index from 0. */
        DELIVERED,
        /** A data datagram came that the receiver cannot use now and does not keep: an earlier one is missing. */
        DISCARDED
    }

    /**
     * Something happened.
     *
     * @param nowNs when.
     * @param event what.
     * @param number by the event, else -1.
     * @param sequence which data datagram, else -1.
     * @param length by the event, else the payload's bytes.
     */
    void record(long nowNs, Event event, long number, long sequence, int length);
}
