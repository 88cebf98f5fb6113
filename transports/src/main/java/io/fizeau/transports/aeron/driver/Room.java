package io.fizeau.transports.aeron.driver;

import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How much room buffers need and have. A mapped file that outgrows its file system ends the process, so it is asked before. */
final class Room {
    private static final int TERMS = 3;
    private static final int PAGE_BYTES = 4096;

    private Room() {}

    /** What the log of one direction of a connection takes. */
    static long logBytes(final int termBytes) {
        return (long) TERMS * termBytes + PAGE_BYTES;
    }

    static long usableBytes(final Path directory) {
        try {
            final Path existing = Files.exists(directory) ? directory : directory.getParent();
            return existing == null
                    ? Long.MAX_VALUE
                    : Files.getFileStore(existing).getUsableSpace();
        } catch (final IOException e) {
            // Unknown: let Aeron try.
            return Long.MAX_VALUE;
        }
    }

    static TransportException missing(
            final Path directory, final long neededBytes, final String option, final @Nullable Throwable cause) {
        return new TransportException(
                TransportException.NextStep.FAIL_RUN,
                "no room for Aeron's buffers in " + directory + ": " + neededBytes + " bytes are needed, "
                        + usableBytes(directory) + " are free; " + option
                        + " sets how much, or enlarge the file system that holds the directory",
                cause == null ? new IOException("no space left") : cause);
    }
}
