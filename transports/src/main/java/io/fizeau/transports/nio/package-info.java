/**
 * The family of stream transports over {@code SocketChannel} and {@code Selector}, over three seams: which sockets
 * ({@link io.fizeau.transports.nio.SocketFamily}), what lies between a socket and its bytes
 * ({@link io.fizeau.transports.nio.ChannelFactory}), and how messages are laid on the bytes
 * ({@link io.fizeau.transports.framing.StreamFraming}).
 */
@NullMarked
package io.fizeau.transports.nio;

import org.jspecify.annotations.NullMarked;
