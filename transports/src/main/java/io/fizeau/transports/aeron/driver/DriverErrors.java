package io.fizeau.transports.aeron.driver;

import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.StorageSpaceException;
import io.fizeau.core.error.TransportException;
import java.nio.file.Path;
import org.agrona.ErrorHandler;

/** Passes on the errors of Aeron's agents: without its warnings, and said for a user where the user can do something. */
public final class DriverErrors implements ErrorHandler {
    private final ErrorHandler errors;
    private final Path directory;
    private final DriverConfig config;

    /**
     * Creates a handler.
     *
     * @param errors is told.
     * @param directory the driver's.
     * @param config the driver's.
     */
    public DriverErrors(final ErrorHandler errors, final Path directory, final DriverConfig config) {
        this.errors = errors;
        this.directory = directory;
        this.config = config;
    }

    @Override
    public void onError(final Throwable error) {
        if (error instanceof StorageSpaceException) {
            errors.onError(noRoom(error));
        } else if (!(error instanceof AeronException aeron) || aeron.category() != AeronException.Category.WARN) {
            errors.onError(error);
        }
    }

    /**
     * Says that a connection's buffers find no room.
     *
     * @param cause what Aeron said.
     * @return the exception for it.
     */
    public TransportException noRoom(final Throwable cause) {
        return Room.missing(directory, Room.logBytes(config.termBytes()), "term=" + config.termBytes(), cause);
    }
}
