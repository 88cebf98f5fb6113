package io.fizeau.transports.blocking;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;

/** A kind of stream sockets that block. One is made for each node. Thread-safe. */
public interface BlockingSockets {
    /**
     * Opens a socket, binds it and starts to listen.
     *
     * @param address where.
     * @return the listening socket; its new owner closes it.
     * @throws TransportException if the address is of the wrong form, taken, or not ours; nothing is left then. The message says
     *     which, and what to do.
     */
    Acceptor listen(Address address);

    /**
     * Opens a socket to connect from. May block while a name is looked up.
     *
     * @param address where a peer listens.
     * @param isWaitBounded whether reads end after the read time-out.
     * @return a stream that is not connected; its new owner closes it.
     * @throws TransportException if the address is of a form that these sockets do not use, or unknown here, or none can be
     *     opened; nothing is left then.
     */
    BlockingStream open(Address address, boolean isWaitBounded);
}
