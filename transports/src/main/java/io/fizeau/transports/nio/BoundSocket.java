package io.fizeau.transports.nio;

import io.fizeau.core.address.Address;
import java.nio.channels.ServerSocketChannel;

/**
 * A socket that listens.
 *
 * @param channel the socket, bound; its new owner closes it.
 * @param address where it is, with the port that was taken.
 * @param cleanUp takes away what closing the channel leaves behind, such as a file; called once, after that, by any thread.
 */
public record BoundSocket(ServerSocketChannel channel, Address address, Runnable cleanUp) {}
