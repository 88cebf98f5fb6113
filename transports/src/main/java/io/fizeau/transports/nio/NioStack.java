package io.fizeau.transports.nio;

import io.fizeau.core.settings.Driving;
import io.fizeau.transports.framing.StreamFraming;

/**
 * What a node of this family is made of.
 *
 * @param transport the transport's name, for messages.
 * @param family which sockets.
 * @param channels what lies between a socket and its bytes.
 * @param framing how messages are laid on the bytes.
 * @param waiting how the node looks for messages.
 * @param driving whose thread drives it.
 * @param maxMessageBytes the longest message.
 * @param gathersBytes how much a sender gathers before it writes, or 0 if each message is written at once.
 * @param openTimeoutNs how long a connect with its handshake may take, and how long an accepted peer may take to finish its own
 *     and to introduce itself.
 */
public record NioStack(
        String transport,
        SocketFamily family,
        ChannelFactory channels,
        StreamFraming framing,
        Wait waiting,
        Driving driving,
        int maxMessageBytes,
        int gathersBytes,
        long openTimeoutNs) {}
