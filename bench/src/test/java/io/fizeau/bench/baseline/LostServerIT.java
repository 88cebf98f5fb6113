package io.fizeau.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.bench.pin.CpuAffinity;
import io.fizeau.bench.server.ServerProcess;
import io.fizeau.bench.server.ServerSettings;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.settings.Sends;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostServerIT {
    private static final int MORE_THAN_ARE_UNDER_WAY = 1_000;

    @Test
    void shouldFailOverTcpWhenTheServerIsKilled() throws Exception {
        final LoopSettings settings = new LoopSettings(Loop.TCP_NIO, false, Sends.EACH, 64);
        try (ServerProcess server = start(settings);
                RoundTrips loop =
                        new TcpNioPingPong.Client(settings, (HostPort) server.address(), new Patience(server))) {
            loop.roundTrip();
            kill(server);
            assertThatThrownBy(() -> goOn(loop)).isInstanceOf(TransportException.class);
        }
    }

    @Test
    void shouldFailInSharedMemoryWhenTheServerIsKilled() throws Exception {
        final LoopSettings settings = new LoopSettings(Loop.AERON_IPC, false, Sends.EACH, 64);
        try (ServerProcess server = start(settings);
                AeronEnd end = AeronEnd.ofIpcClient(settings, server.address())) {
            final AeronStreams streams = end.connect(server.address(), server::isAlive);
            assertThat(streams).isNotNull();
            final RoundTrips loop = new AeronPingPong.Client(settings, end, streams, new Patience(server));
            loop.roundTrip();
            kill(server);
            assertThatThrownBy(() -> goOn(loop))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("the server process ended");
        }
    }

    private static ServerProcess start(final LoopSettings settings) {
        final ServerSettings where = new ServerSettings(OptionalInt.empty(), CpuAffinity.allowed(), Idle.SPIN);
        return ServerProcess.start(
                BaselineServer.class, BaselineServer.arguments(settings, HostPort.loopback(), where));
    }

    private static void kill(final ServerProcess server) throws Exception {
        server.handle().destroyForcibly();
        server.handle().onExit().get();
    }

    private static void goOn(final RoundTrips loop) {
        for (int i = 0; i < MORE_THAN_ARE_UNDER_WAY; i++) {
            loop.roundTrip();
        }
    }
}
