package io.fizeau.transports.uds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.address.LocalPath;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.EchoClient;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A connect that blocks does not wait for ever. */
@Timeout(30)
class UnixQueueIT {
    @Test
    void shouldCallUnreachableWhoseQueueStaysFull(@TempDir final Path folder) throws IOException {
        final UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("full.sock"));
        final Deque<SocketChannel> waiting = new ArrayDeque<>();
        try (ServerSocketChannel busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            busy.bind(address, 1);
            while (waiting.isEmpty() || waiting.getLast().isConnected()) {
                waiting.add(SocketChannel.open(StandardProtocolFamily.UNIX));
                waiting.getLast().configureBlocking(false);
                fill(waiting.getLast(), address);
            }
            try (EchoClient client =
                    new EchoClient("uds?wait=block&connectTimeout=200ms", new LocalPath(address.toString()))) {
                assertThat(client.awaitEnd()).isEqualTo(CloseReason.UNREACHABLE);
            }
        } finally {
            for (final SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    private static void fill(final SocketChannel channel, final UnixDomainSocketAddress address) {
        try {
            channel.connect(address);
        } catch (final IOException e) {
            assertThat(channel.isConnected()).as("the queue is full").isFalse();
        }
    }
}
