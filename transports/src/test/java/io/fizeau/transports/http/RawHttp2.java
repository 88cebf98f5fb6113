package io.fizeau.transports.http;

import io.fizeau.core.address.Address;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A peer that writes frames of HTTP/2 (RFC 9113) by hand. It gives streams no window, unless it is told to. Used by one thread.
 */
final class RawHttp2 implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final byte[] NO_WINDOW = {0, 4, 0, 0, 0, 0};

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;

    RawHttp2(final Address address) throws IOException {
        socket = RawHttp.connect(address);
        out = new DataOutputStream(socket.getOutputStream());
        in = new DataInputStream(socket.getInputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, NO_WINDOW);
    }

    /** Sends a request; headers by the static table of RFC 7541. */
    void post(final int stream, final String path, final byte[] body) throws IOException {
        final ByteArrayOutputStream headers = new ByteArrayOutputStream();
        headers.write(0x83); // :method POST
        headers.write(0x86); // :scheme http
        literal(headers, 4, path); // :path
        literal(headers, 1, "localhost"); // :authority
        frame(HEADERS, END_HEADERS, stream, headers.toByteArray());
        frame(DATA, END_STREAM, stream, body);
    }

    /** Gives a stream some window. */
    void open(final int stream, final int bytes) throws IOException {
        frame(WINDOW_UPDATE, 0, stream, new byte[] {0, 0, (byte) (bytes >> Byte.SIZE), (byte) bytes});
    }

    /** Reads until a stream's answer is over. */
    String body(final int stream) throws IOException {
        final StringBuilder body = new StringBuilder();
        Frame frame;
        do {
            frame = next(stream);
            if (frame.type == DATA) {
                body.append(new String(frame.payload, StandardCharsets.US_ASCII));
            }
        } while ((frame.flags & END_STREAM) == 0);
        return body.toString();
    }

    /** Reads until a stream's answer begins. */
    void awaitHead(final int stream) throws IOException {
        Frame frame;
        do {
            frame = next(stream);
        } while (frame.type != HEADERS);
    }

    /** The next frame of an answer. */
    private Frame next(final int stream) throws IOException {
        while (true) {
            final int lengthAndType = in.readInt();
            final int flags = in.readUnsignedByte();
            final int from = in.readInt();
            final int type = lengthAndType & 0xff;
            final byte[] payload = in.readNBytes(lengthAndType >>> Byte.SIZE);
            if (from == stream && (type == DATA || type == HEADERS)) {
                return new Frame(type, flags, payload);
            }
        }
    }

    private static void literal(final ByteArrayOutputStream headers, final int name, final String value) {
        headers.write(name);
        headers.write(value.length());
        headers.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    private void frame(final int type, final int flags, final int stream, final byte[] payload) throws IOException {
        out.writeInt(payload.length << Byte.SIZE | type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Frame(int type, int flags, byte[] payload) {}

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
