package io.fizeau.transports.datagram.session;

import io.fizeau.transports.datagram.wire.Memory;
import java.net.InetSocketAddress;

/** Where datagrams leave: a socket, or a link in virtual time. */
@FunctionalInterface
public interface DatagramOut {
    /**
     * Sends a datagram.
     *
     * @param to whereto.
     * @param memory where it lies; free again when this returns.
     * @param offset where it begins.
     * @param length its bytes.
     * @return false if it cannot be sent at the moment.
     */
    boolean send(InetSocketAddress to, Memory memory, int offset, int length);
}
