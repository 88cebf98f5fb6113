package io.fizeau.transports.aeron.channel;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import java.nio.file.Path;

/**
 * What differs between Aeron over UDP and Aeron in shared memory. Stateless and thread-safe.
 *
 * <p>A connection is two streams, one each way, that carry raw messages. The connecting end publishes to the listener's
 * channel, and its first message (a hello) names the port and the stream at which it awaits the stream back.
 */
public interface Medium {
    /**
     * Whether a connecting node uses the listening node's driver in place of one of its own.
     *
     * @return true in shared memory.
     */
    boolean joinsDriverOfListener();

    /**
     * Reads an address.
     *
     * @param address what the user gave.
     * @return it in Aeron's terms.
     * @throws TransportException if its form is not one that this medium uses.
     */
    Target target(Address address);

    /**
     * The channel to which a listener subscribes and a connecting end publishes.
     *
     * @param target where.
     * @return a channel without parameters of size.
     */
    String channel(Target target);

    /**
     * The address at which peers reach a listener.
     *
     * @param target where it was to listen.
     * @param resolvedEndpoint host and port as bound; not used in shared memory.
     * @param directory the driver's directory.
     * @param streamId the stream.
     * @return an address for connecting.
     */
    Address listenerAddress(Target target, String resolvedEndpoint, Path directory, int streamId);

    /**
     * The channel to which a connecting end subscribes for the way back: one for all connections that may share it.
     *
     * @param target where it connects to.
     * @return a channel, over UDP at port 0.
     */
    String wayBack(Target target);

    /**
     * The channel to which a listening end publishes on the way back.
     *
     * @param sourceIdentity whom the hello came from, as Aeron says it.
     * @param port the port in the hello; not used in shared memory.
     * @return a channel without parameters of size.
     */
    String answer(String sourceIdentity, int port);

    /**
     * A peer's address, for logs and messages.
     *
     * @param sourceIdentity whom the hello came from, as Aeron says it.
     * @param streamId the stream in the hello.
     * @return an address.
     */
    Address peer(String sourceIdentity, int streamId);
}
