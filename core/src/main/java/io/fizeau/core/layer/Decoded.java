package io.fizeau.core.layer;

/** What {@link Transform#decode} made of something that has travelled. */
public enum Decoded {
    /** A message, which the handler gets. */
    MESSAGE,
    /**
     * Nothing for the handler; the connection lives on, and what was dropped is counted where it was accepted. For transports that
     * are not reliable, on which strangers can put a message, and the network can repeat one, without harm to the rest.
     */
    DROPPED,
    /**
     * It cannot be a message, and the transport below would not have altered it by itself. The connection closes with
     * {@link io.fizeau.core.transport.CloseReason#PROTOCOL_ERROR}, and is counted as rejected where it was accepted.
     */
    REJECTED,
    /** It belongs to the {@link Opening}, which is given it; never answered by a transform without one. */
    OPENING
}
