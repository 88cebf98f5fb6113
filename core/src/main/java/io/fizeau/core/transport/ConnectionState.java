package io.fizeau.core.transport;

/** How far the life of a connection has come. It only moves forward. */
public enum ConnectionState {
    /** Not open yet: {@link SendStatus#NOT_CONNECTED}. */
    CONNECTING,
    /** Messages flow. */
    OPEN,
    /** Over: {@link SendStatus#CLOSED}. */
    CLOSED
}
