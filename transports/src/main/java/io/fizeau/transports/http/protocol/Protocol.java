package io.fizeau.transports.http.protocol;

/**
 * Messages over HTTP, as both ends speak them. Every body is a row of frames: the length of a message in 4 bytes, little-endian,
 * and the message.
 *
 * <pre>{@code
 *  GET    /fizeau            is anybody there?                        200
 *  POST   /fizeau/open       the introduction (8 bytes)               201, the session's name (22 characters), frames
 *  POST   /fizeau/bound      the same; the session ends with the connection it came by
 *  POST   /fizeau/NAME       frames, or nothing                       200, frames: what the listening end had to say
 *                                                                     202, frames: not all of what came is consumed; send nothing
 *                                                                          but empty bodies until 200
 *                                                                     410, frames: the listening end has closed the session
 *  DELETE /fizeau/NAME       the connecting end closes the session    200
 * }</pre>
 *
 * Anything else is refused, with 404 and 405 for what is not there, 400 for frames that are none, 408 for what takes too long, 409 for
 * two requests of a session at once, 413 and 431 for what is too long, 503 when there are as many sessions as may be, 505 for
 * HTTP/1.1 where it has to be 2.
 *
 * <p>A session has one request under way at a time: the ends take turns. A request that fails ends it, so nothing is lost or
 * doubled unseen. The connecting end sends an empty request when it was quiet for a while: that is its sign of life, and brings what
 * the listening end has to say of itself.
 */
public final class Protocol {
    /** Where all of it is. */
    public static final String ROOT = "/fizeau";

    /** Below it, sessions by name. */
    public static final String SESSIONS = ROOT + '/';

    /** Opens a session that may come by any connection. */
    public static final String OPEN = SESSIONS + "open";

    /** Opens a session that lives as long as the connection it was opened by. */
    public static final String OPEN_BOUND = SESSIONS + "bound";

    /** How long a session's name is: 128 random bits, in the letters of a URL. */
    public static final int NAME_BYTES = 22;

    /** All was consumed. */
    public static final int OK = 200;

    /** The session is open. */
    public static final int CREATED = 201;

    /** Something is left to be consumed. */
    public static final int NOT_CONSUMED = 202;

    /** There is no such session. */
    public static final int UNKNOWN = 404;

    /** The listening end has closed the session. */
    public static final int GONE = 410;

    /** There are as many sessions as may be, or no new ones are taken. */
    public static final int FULL = 503;

    private static final int LEAST_BODY_BYTES = 64 << 10;

    private Protocol() {}

    /**
     * How long a body may be, with as many frames as fit.
     *
     * @param maxMessageBytes the longest message.
     * @return bytes, enough for one message of that length.
     */
    public static int bodyBytes(final int maxMessageBytes) {
        return Math.max(LEAST_BODY_BYTES, maxMessageBytes + Integer.BYTES);
    }
}
