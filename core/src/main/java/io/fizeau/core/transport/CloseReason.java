package io.fizeau.core.transport;

/** Why a connection closed. */
public enum CloseReason {
    /** This end closed it. */
    LOCAL,
    /** The peer closed it, in an orderly way as far as the transport can tell. */
    PEER_CLOSED,
    /** The peer is gone without a word: killed, reset, silent for longer than the liveness time. */
    PEER_LOST,
    /** It never opened: nobody listens there, or no answer came within the connect time-out. */
    UNREACHABLE,
    /** What the peer sent is not of this transport's protocol, such as a length beyond the limit. */
    PROTOCOL_ERROR,
    /** Something failed at this end: the handler threw, or a resource ran out. The error handler was told. */
    FAILED
}
