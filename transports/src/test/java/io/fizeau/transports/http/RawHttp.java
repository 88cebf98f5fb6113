package io.fizeau.transports.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.transports.framing.Framing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/** A peer that writes whatever it likes to the port of an HTTP listener. Used by one thread. */
final class RawHttp implements AutoCloseable {
    static final String HEAD_END = "\r\nHost: localhost\r\n";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;

    RawHttp(final Address address) throws IOException {
        socket = connect(address);
    }

    static Socket connect(final Address address) throws IOException {
        final Socket made = new Socket();
        made.setSoTimeout((int) PATIENCE.toMillis());
        made.setTcpNoDelay(true);
        made.connect(((HostPort) address).resolve());
        return made;
    }

    RawHttp send(final String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    RawHttp send(final byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Writes, and says whether the other end still takes it. */
    boolean tries(final byte[] bytes) {
        try {
            send(bytes);
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    RawHttp post(final String path, final byte[] body) throws IOException {
        return send("POST " + path + " HTTP/1.1" + HEAD_END + "Content-Length: " + body.length + "\r\n\r\n")
                .send(body);
    }

    /** Opens a session, and names it. */
    String openSession(final int maxMessageBytes) throws IOException {
        post("/fizeau/open", Framing.introduction(maxMessageBytes));
        final String answer = answer();
        if (!answer.startsWith("HTTP/1.1 201")) {
            throw new IllegalStateException(answer);
        }
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /** One answer with its body; what there was if it ended early. */
    String answer() throws IOException {
        final ByteArrayOutputStream read = new ByteArrayOutputStream();
        int missing = Integer.MAX_VALUE;
        try {
            while (missing > 0) {
                final int next = socket.getInputStream().read();
                if (next < 0) {
                    break;
                }
                read.write(next);
                missing--;
                final String text = read.toString(ISO_8859_1);
                if (missing > 1 << 20 && text.endsWith("\r\n\r\n")) {
                    missing = lengthIn(text);
                }
            }
        } catch (final SocketException e) {
            return read.toString(ISO_8859_1); // a reset ends it too
        }
        return read.toString(ISO_8859_1);
    }

    /** Whether the other end closes. */
    boolean isEnded() throws IOException {
        try {
            int read = socket.getInputStream().read();
            while (read >= 0) {
                read = socket.getInputStream().read();
            }
            return true;
        } catch (final SocketException e) {
            return true;
        }
    }

    private static int lengthIn(final String head) {
        final String name = "Content-Length: ";
        final int start = head.indexOf(name);
        return start < 0 ? 0 : Integer.parseInt(head.substring(start + name.length(), head.indexOf('\r', start)));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
