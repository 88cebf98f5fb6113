package io.fizeau.transports.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The socket itself. */
final class PlainChannel implements ConnectionChannel {
    private final SocketChannel socket;

    PlainChannel(final SocketChannel socket) {
        this.socket = socket;
    }

    @Override
    public boolean handshake() {
        return true;
    }

    @Override
    public int read(final ByteBuffer target) throws IOException {
        return socket.read(target);
    }

    @Override
    public int write(final ByteBuffer source) throws IOException {
        return socket.write(source);
    }

    @Override
    public boolean hasInput() {
        return false;
    }

    @Override
    public boolean wantsWrite() {
        return false;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
