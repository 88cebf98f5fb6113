package io.fizeau.transports.datagram.session;

import io.fizeau.transports.datagram.wire.Wire;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bodies of the datagrams that open a connection.
 *
 * <pre>
 *  OPEN       longest message 4, longest datagram 4, window 4, first number 4, cookie 32, nothing 16   64 bytes of body
 *  CHALLENGE  cookie 32
 *  ACCEPT     first number 4
 *  REFUSE     reason 1
 *  CLOSE, RESET, PING, PONG                                                                            none
 * </pre>
 *
 * OPEN is the longest, so that whoever forges an address gets no more sent to it than it sent itself.
 */
final class Handshake {
    static final int COOKIE_BYTES = 32;
    static final int OPEN_BYTES = 64;
    static final int CHALLENGE_BYTES = COOKIE_BYTES;
    static final int ACCEPT_BYTES = 4;
    static final int REFUSE_BYTES = 1;
    static final int LONGEST_BYTES = Wire.HEADER_BYTES + OPEN_BYTES;
    static final byte OPTIONS_DIFFER = 1;
    static final byte NO_ROOM = 2;

    private static final int MAX_MESSAGE = 0;
    private static final int MAX_DATAGRAM = 4;
    private static final int WINDOW = 8;
    private static final int FIRST = 12;
    private static final int COOKIE = 16;

    private Handshake() {}

    static void putOpen(
            final UnsafeBuffer body,
            final int at,
            final SessionSettings settings,
            final int first,
            final byte[] cookie) {
        body.setMemory(at, OPEN_BYTES, (byte) 0);
        body.putInt(at + MAX_MESSAGE, settings.maxMessageBytes(), ByteOrder.LITTLE_ENDIAN);
        body.putInt(at + MAX_DATAGRAM, settings.maxDatagramBytes(), ByteOrder.LITTLE_ENDIAN);
        body.putInt(at + WINDOW, settings.windowDatagrams(), ByteOrder.LITTLE_ENDIAN);
        body.putInt(at + FIRST, first, ByteOrder.LITTLE_ENDIAN);
        body.putBytes(at + COOKIE, cookie);
    }

    static boolean fits(final DirectBuffer body, final int at, final SessionSettings settings) {
        return body.getInt(at + MAX_MESSAGE, ByteOrder.LITTLE_ENDIAN) == settings.maxMessageBytes()
                && body.getInt(at + MAX_DATAGRAM, ByteOrder.LITTLE_ENDIAN) == settings.maxDatagramBytes()
                && body.getInt(at + WINDOW, ByteOrder.LITTLE_ENDIAN) == settings.windowDatagrams();
    }

    static int first(final DirectBuffer body, final int at) {
        return body.getInt(at + FIRST, ByteOrder.LITTLE_ENDIAN);
    }

    static void getCookie(final DirectBuffer body, final int at, final byte[] cookie) {
        body.getBytes(at + COOKIE, cookie);
    }
}
