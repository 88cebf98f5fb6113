package io.fizeau.core.address;

import io.fizeau.core.error.TransportException;

/**
 * A place in the file system, such as a Unix socket or a mapped file.
 *
 * @param path an absolute path.
 */
public record LocalPath(String path) implements Address {
    /** Checks that the path is absolute. */
    public LocalPath {
        if (!path.startsWith("/")) {
            throw TransportException.badRequest("address '" + path + "': the path must be absolute");
        }
    }

    @Override
    public String text() {
        return path;
    }

    @Override
    public String toString() {
        return path;
    }
}
