package io.fizeau.core.transport;

import org.agrona.DirectBuffer;

/**
 * What a transport calls. For one connection the calls never overlap: {@link #onOpen} first, if it opens at all, then
 * messages, and {@link #onClosed} once and last. They come on the thread that drives the connection; a local close may report
 * itself on the closing thread, and a close from inside a callback may report itself before that callback has returned.
 *
 * <p>A callback may send on its connection, and may close it. It must not block, poll, or close the node, and must be quick:
 * what it takes is part of every latency. If it throws, the exception goes to the node's error handler and the connection
 * closes with {@link CloseReason#FAILED}; other connections live on.
 */
@FunctionalInterface
public interface ConnectionHandler {
    /**
     * A message has come.
     *
     * @param connection where it came from; an answer goes out by its {@code send}.
     * @param buffer holds the message, and is valid only until this method returns. Not to be written to.
     * @param offset where the message starts.
     * @param length its length in bytes, 0 or more.
     * @return {@link Delivery#CONSUMED}, or {@link Delivery#RETRY} to get the very same message again on a later poll, before
     *     any other of this connection.
     */
    Delivery onMessage(Connection connection, DirectBuffer buffer, int offset, int length);

    /**
     * The connection is open; it can send.
     *
     * @param connection the connection.
     */
    default void onOpen(final Connection connection) {}

    /**
     * The connection is closed, or could not be opened. Called exactly once for each connection.
     *
     * @param connection the connection; sending on it returns {@link SendStatus#CLOSED}.
     * @param reason why.
     */
    default void onClosed(final Connection connection, final CloseReason reason) {}
}
