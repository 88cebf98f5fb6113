package io.fizeau.transports.datagram.node;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands between a connecting end and a listening one, and sees all that they say. It can speak for either. */
final class Relay implements AutoCloseable {
    private final DatagramChannel front;
    private final DatagramChannel back;
    private final Address address;
    private final ByteBuffer room = ByteBuffer.allocate(1 << 16);
    private final List<byte[]> fromClient = new ArrayList<>();
    private final List<byte[]> fromServer = new ArrayList<>();
    private @Nullable SocketAddress client;

    Relay(final Address server) throws IOException {
        front = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        back = DatagramChannel.open().connect(((HostPort) server).resolve());
        front.configureBlocking(false);
        back.configureBlocking(false);
        address = HostPort.of((InetSocketAddress) front.getLocalAddress());
    }

    Address address() {
        return address;
    }

    /** Carries on what has come. */
    int pump() throws IOException {
        int count = 0;
        SocketAddress from = front.isOpen() ? front.receive(room.clear()) : null;
        while (from != null) {
            client = from;
            final byte[] datagram = taken();
            fromClient.add(datagram);
            back.write(ByteBuffer.wrap(datagram));
            count++;
            from = front.receive(room.clear());
        }
        while (front.isOpen() && back.read(room.clear()) > 0) {
            final byte[] datagram = taken();
            fromServer.add(datagram);
            toClient(datagram);
            count++;
        }
        return count;
    }

    private byte[] taken() {
        final byte[] datagram = new byte[room.flip().remaining()];
        room.get(datagram);
        return datagram;
    }

    void toServer(final byte[] datagram) throws IOException {
        back.write(ByteBuffer.wrap(datagram));
    }

    void toClient(final byte[] datagram) throws IOException {
        front.send(ByteBuffer.wrap(datagram), client);
    }

    List<byte[]> fromClient() {
        return fromClient;
    }

    List<byte[]> fromServer() {
        return fromServer;
    }

    /** Nobody has its port any more. */
    void vanish() throws IOException {
        front.close();
    }

    @Override
    public void close() throws IOException {
        front.close();
        back.close();
    }
}
