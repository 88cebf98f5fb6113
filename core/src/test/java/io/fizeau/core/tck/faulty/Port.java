package io.fizeau.core.tck.faulty;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.NodeContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP port at which only strangers knock: whatever they say is rejected. The network's own connections do not come this way. */
final class Port {
    private final ServerSocket server;
    private final Fault fault;
    private final NodeContext context;
    private final Thread thread;
    private final AtomicLong rejected = new AtomicLong();
    private final List<Socket> tolerated = new CopyOnWriteArrayList<>();

    private Port(final ServerSocket server, final Fault fault, final NodeContext context) {
        this.server = server;
        this.fault = fault;
        this.context = context;
        this.thread = context.threads().newThread(this::run);
    }

    static Port open(final HostPort wanted, final Fault fault, final NodeContext context) {
        try {
            final ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted.port()));
            final Port port = new Port(server, fault, context);
            port.thread.start();
            return port;
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.RETRY, "address " + wanted.text() + " is taken: choose another", e);
        }
    }

    HostPort address() {
        return new HostPort("127.0.0.1", server.getLocalPort());
    }

    long rejectedCount() {
        return rejected.get();
    }

    void close() {
        try {
            server.close();
            for (final Socket socket : tolerated) {
                socket.close();
            }
            thread.join();
        } catch (final IOException e) {
            context.errors().onError(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!server.isClosed()) {
            try {
                final Socket stranger = server.accept();
                if (fault == Fault.TOLERATE_GARBAGE) {
                    tolerated.add(stranger);
                } else if (stranger.getInputStream().read() >= 0) {
                    rejected.incrementAndGet();
                    stranger.close();
                }
            } catch (final IOException e) {
                if (!server.isClosed()) {
                    context.errors().onError(e);
                }
            }
        }
    }
}
