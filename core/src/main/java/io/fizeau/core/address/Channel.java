package io.fizeau.core.address;

import io.fizeau.core.error.TransportException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A channel and a stream in it, as Aeron has them; also the form for any name that is neither a port nor a path.
 *
 * @param uri the channel, such as {@code aeron:udp?endpoint=127.0.0.1:4000}; it starts with a scheme and a colon and holds
 *     no {@code #}.
 * @param streamId the stream.
 */
public record Channel(String uri, int streamId) implements Address {
    private static final Pattern URI = Pattern.compile("[a-z][a-z0-9-]*:[^#\\s]*");
    private static final Pattern TEXT = Pattern.compile("([^#]+)#(-?\\d{1,10})");

    /** Checks the form of the channel. */
    public Channel {
        if (!URI.matcher(uri).matches()) {
            throw TransportException.badRequest(
                    "channel '" + uri + "' must be of the form scheme:rest, without '#' or space");
        }
    }

    /**
     * Reads {@code uri#stream}.
     *
     * @param text the text form.
     * @return the address.
     * @throws TransportException if it is not of that form.
     */
    public static Channel parse(final String text) {
        final Matcher matcher = TEXT.matcher(text);
        try {
            if (matcher.matches()) {
                return new Channel(matcher.group(1), Integer.parseInt(matcher.group(2)));
            }
        } catch (final NumberFormatException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, "address '" + text + "': the stream is out of range", e);
        }
        throw TransportException.badRequest("address '" + text + "' must be of the form scheme:rest#stream");
    }

    @Override
    public String text() {
        return uri + '#' + streamId;
    }

    @Override
    public String toString() {
        return text();
    }
}
