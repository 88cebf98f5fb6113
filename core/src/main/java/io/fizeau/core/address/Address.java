package io.fizeau.core.address;

import io.fizeau.core.error.TransportException;

/**
 * Where a node listens, or what a peer connects to.
 *
 * <p>Three forms cover the field: {@link HostPort} for whatever has ports, {@link LocalPath} for what lives in the file
 * system, {@link Channel} for Aeron's channel and stream, and for any other name. Each has a text form that
 * {@link #parse(String)} reads back, so that an address can travel on a command line or between processes. Immutable and
 * thread-safe.
 */
public sealed interface Address permits HostPort, LocalPath, Channel {
    /**
     * Reads the text form: {@code host:port}, {@code [v6]:port}, an absolute path, or {@code scheme:rest#stream}.
     *
     * @param text the text form.
     * @return the address.
     * @throws TransportException if it is none of these; the message shows the forms.
     */
    static Address parse(final String text) {
        if (text.startsWith("/")) {
            return new LocalPath(text);
        }
        if (text.indexOf('#') > 0) {
            return Channel.parse(text);
        }
        return HostPort.parse(text);
    }

    /**
     * The text form.
     *
     * @return what {@link #parse(String)} reads back as an equal address.
     */
    String text();
}
