package io.fizeau.transports.aeron;

/**
 * What an echo may allocate where Aeron's driver runs in the same process.
 *
 * <p>The driver's sender and receiver walk a list of sockets in each of their cycles, whether a message has come or not, by an iterator of
 * 32 bytes ({@code ControlTransportPoller}, {@code DataTransportPoller}). The JIT compiler usually does away with it and now and then does
 * not; JDK 25 was seen not to in a JVM that had run many other tests before. It is garbage of the cycles and not of the messages, so it has
 * no bound for each message; without the compiler's help 80 to 180 bytes were seen. That our own part allocates
 * nothing is shown where the driver is a process of its own, with the kit's own limit.
 */
final class EmbeddedGarbage {
    static final int MAX_PER_MESSAGE_BYTES = 1_024;

    private EmbeddedGarbage() {}
}
