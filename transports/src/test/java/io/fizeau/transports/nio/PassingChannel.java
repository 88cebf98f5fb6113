package io.fizeau.transports.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The socket itself, for tests to interfere with one of its calls. */
class PassingChannel implements ConnectionChannel {
    private final PlainChannel plain;

    PassingChannel(final SocketChannel socket) {
        plain = new PlainChannel(socket);
    }

    @Override
    public boolean handshake() {
        return plain.handshake();
    }

    @Override
    public int read(final ByteBuffer target) throws IOException {
        return plain.read(target);
    }

    @Override
    public int write(final ByteBuffer source) throws IOException {
        return plain.write(source);
    }

    @Override
    public boolean hasInput() {
        return plain.hasInput();
    }

    @Override
    public boolean wantsWrite() {
        return plain.wantsWrite();
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
