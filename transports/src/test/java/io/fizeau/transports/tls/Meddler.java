package io.fizeau.transports.tls;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Sits between a client and a server, passes their bytes on, and does its worst when it is told to. For one connection. */
final class Meddler implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Socket toServer;
    private volatile Socket toClient = new Socket();
    private volatile boolean isAltering;
    private volatile boolean isCut;

    Meddler(final Address server) throws IOException {
        final HostPort there = (HostPort) server;
        toServer = new Socket(there.host(), there.port());
        start(() -> {
            toClient = listener.accept();
            start(() -> pass(toServer.getInputStream(), toClient.getOutputStream(), false));
            pass(toClient.getInputStream(), toServer.getOutputStream(), true);
        });
    }

    private interface Task {
        void run() throws IOException;
    }

    Address address() {
        return new HostPort("127.0.0.1", listener.getLocalPort());
    }

    /** Changes one bit at the end of each of the client's writes from now on. */
    void alter() {
        isAltering = true;
    }

    /** Ends both streams in an orderly way as far as TCP can tell. */
    void cutOff() throws IOException {
        isCut = true;
        toServer.shutdownOutput();
        toClient.shutdownOutput();
    }

    private void pass(final InputStream from, final OutputStream to, final boolean isClients) throws IOException {
        final byte[] bytes = new byte[64 << 10];
        for (int count = from.read(bytes); count > 0 && !isCut; count = from.read(bytes)) {
            if (isAltering && isClients) {
                bytes[count - 1] ^= 1;
            }
            to.write(bytes, 0, count);
        }
    }

    private static void start(final Task task) {
        final Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (final IOException e) {
                        Thread.currentThread().interrupt(); // one of the ends has closed: nothing is left to pass on
                    }
                },
                "meddler");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        toServer.close();
        toClient.close();
    }
}
