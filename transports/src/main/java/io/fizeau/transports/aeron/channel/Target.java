package io.fizeau.transports.aeron.channel;

import io.fizeau.core.address.Address;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen or to connect, in Aeron's terms.
 *
 * @param address what the user gave.
 * @param directory the directory of the driver through which it is reached, or null for the node's own.
 * @param endpoint host and port, or empty in shared memory.
 * @param streamId the stream; 0, for listening in shared memory only, means any free one.
 */
public record Target(Address address, @Nullable Path directory, String endpoint, int streamId) {}
