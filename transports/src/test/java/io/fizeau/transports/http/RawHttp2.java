package io.fizeau.transports.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fizeau.core.address.Address;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A peer that writes whatever frames of HTTP/2 it likes. Used by one thread. */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;

    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int ACK = 1;
    private static final short INITIAL_WINDOW_SIZE = 4;

    private final Socket socket;
    private final DataInputStream in;
    private int stream = -1;

    /** A frame that has come. */
    record Frame(int type, int stream, ByteBuffer body) {}

    RawHttp2(final Address address) throws IOException {
        socket = RawHttp.connect(address);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        send(SETTINGS, 0, 0, new byte[0]);
    }

    /** From now on no answer's body may be sent. */
    void closeWindow() throws IOException {
        send(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6).putShort(INITIAL_WINDOW_SIZE).putInt(0).array());
    }

    /** Sends a request, and says on which stream. */
    int request(final String method, final String path, final byte[] body) throws IOException {
        return request(method, path, 0, body);
    }

    /** The same with more fields in its header, of some hundred bytes each. */
    int request(final String method, final String path, final int moreFields, final byte[] body) throws IOException {
        stream += 2;
        final ByteArrayOutputStream head = new ByteArrayOutputStream();
        literal(head, ":method", method);
        literal(head, ":scheme", "http");
        literal(head, ":authority", "localhost");
        literal(head, ":path", path);
        for (int i = 0; i < moreFields; i++) {
            literal(head, "x-more-" + i, "y".repeat(100));
        }
        send(HEADERS, END_HEADERS | (body.length == 0 ? END_STREAM : 0), stream, head.toByteArray());
        if (body.length > 0) {
            send(DATA, END_STREAM, stream, body);
        }
        return stream;
    }

    /** Reads on until a frame comes on a stream. */
    Frame await(final int type, final int ofStream) throws IOException {
        Frame frame = read();
        while (frame.type != type || frame.stream != ofStream) {
            frame = read();
        }
        return frame;
    }

    private Frame read() throws IOException {
        final int lengthAndType = in.readInt();
        final int flags = in.readUnsignedByte();
        final int ofStream = in.readInt();
        final byte[] body = new byte[lengthAndType >>> Byte.SIZE];
        in.readFully(body);
        final Frame frame = new Frame(lengthAndType & 0xff, ofStream, ByteBuffer.wrap(body));
        if (frame.type == SETTINGS && (flags & ACK) == 0) {
            send(SETTINGS, ACK, 0, new byte[0]);
        }
        return frame;
    }

    private void send(final int type, final int flags, final int ofStream, final byte[] body) throws IOException {
        final ByteBuffer frame = ByteBuffer.allocate(9 + body.length)
                .putInt(body.length << Byte.SIZE | type)
                .put((byte) flags)
                .putInt(ofStream)
                .put(body);
        socket.getOutputStream().write(frame.array());
    }

    private static void literal(final ByteArrayOutputStream head, final String name, final String value) {
        head.write(0);
        head.write(name.length());
        head.writeBytes(name.getBytes(US_ASCII));
        head.write(value.length());
        head.writeBytes(value.getBytes(US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
