package io.fizeau.core.layer;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns messages into what travels instead of them, and back; one for each end of each connection, so it may hold state, such as
 * a key or a counter. If the two ends have to agree on something first, it has an {@link Opening}.
 *
 * <p><b>Thread-safety.</b> {@link #encode} and {@link #onAccepted} are called by the connection's sending thread, {@link #decode}
 * by the delivering one. These may be two threads at the same time, so the two directions share nothing that changes. Where
 * callbacks may send while another thread does, one at a time encodes, and sends before the next one encodes.
 *
 * <p>On the steady path neither direction allocates.
 */
public interface Transform {
    /**
     * Turns a message into what travels. It may be called again for the same message, or for another one instead, if the
     * connection did not take what came out; so state that must move on with each message that travels, such as a counter, moves
     * on in {@link #onAccepted}.
     *
     * @param message holds the message; not to be written to.
     * @param offset where it starts.
     * @param length its length in bytes, 0 or more.
     * @param target where the outcome goes, from 0; large enough for {@code length} and the layer's
     *     {@linkplain TransformLayer#worstGrowthBytes worst growth}, and over an array.
     * @return the length of the outcome in bytes.
     */
    int encode(DirectBuffer message, int offset, int length, MutableDirectBuffer target);

    /** What was encoded last is on its way. */
    default void onAccepted() {}

    /**
     * Turns what has travelled back into the message. Called once for each: if the handler wants the message again later, it
     * gets the same outcome again.
     *
     * @param encoded holds what has travelled; not to be written to, and valid only while the message is being delivered.
     * @param offset where it starts.
     * @param length its length in bytes, 0 or more. The peer may have sent anything.
     * @param message to be {@linkplain DirectBuffer#wrap(DirectBuffer, int, int) wrapped} around the message: where it lies in
     *     {@code encoded}, or in a buffer of the transform's own, which stays as it is until the next call.
     * @return what it is.
     */
    Decoded decode(DirectBuffer encoded, int offset, int length, DirectBuffer message);

    /**
     * What the two ends tell each other before the connection is open for its user.
     *
     * @return the same opening at each call; null, unless overridden, if they have nothing to agree on.
     */
    default @Nullable Opening opening() {
        return null;
    }

    /**
     * Why {@link #decode} or the opening last dropped or rejected something, for the error handler, which is told of what was
     * dropped once for each connection.
     *
     * @return a phrase without a full stop, and without secrets; null for something dropped that is usual on such a transport.
     */
    default @Nullable String complaint() {
        return "what the peer sent is not of this layer";
    }
}
