package io.fizeau.transports.tls;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * A socket that remembers whether anything has come on it, and whether its stream has ended. TLS over it says no more than "the end"
 * whether its peer has said so or somebody has cut the stream off below.
 */
final class WatchedSocket extends Socket {
    private volatile boolean hasHeard; // by the reading thread
    private volatile boolean hasEnded; // by the reading thread

    boolean hasHeard() {
        return hasHeard;
    }

    boolean hasEnded() {
        return hasEnded;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new WatchedStream(super.getInputStream());
    }

    private final class WatchedStream extends FilterInputStream {
        WatchedStream(final InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            return seen(super.read());
        }

        @Override
        public int read(final byte[] bytes, final int offset, final int length) throws IOException {
            return seen(super.read(bytes, offset, length));
        }

        private int seen(final int result) {
            if (result < 0) {
                hasEnded = true;
            } else if (!hasHeard) {
                hasHeard = true;
            }
            return result;
        }
    }
}
