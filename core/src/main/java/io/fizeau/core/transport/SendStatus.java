package io.fizeau.core.transport;

/** What became of a message handed to {@link Connection#send}, or of a {@link Connection#flush}. */
public enum SendStatus {
    /** Taken. It is the transport's now, and with {@link Guarantee#RELIABLE} it will arrive unless the connection is lost. */
    ACCEPTED,
    /** Nothing was taken: buffers or windows are full. Poll (or let the peer read), then offer it again. */
    BACK_PRESSURED,
    /** Nothing was taken: the connection is not open yet. */
    NOT_CONNECTED,
    /** Nothing was taken: the connection is closed for good. */
    CLOSED,
    /** Nothing was taken: the message is longer than {@link Connection#maxMessageBytes()}. Offering it again is of no use. */
    TOO_LONG
}
