package io.fizeau.transports.datagram.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.random.SplitMix64;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.datagram.wire.Memory;
import io.fizeau.transports.datagram.wire.Wire;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datagrams that no peer sent, or not so, are counted, and change nothing for a connection that goes on. */
@Timeout(60)
class BadDatagramsIT {
    private static final int PROTOCOL_AT = 1;
    private static final byte NO_PROTOCOL = 99;

    @ParameterizedTest
    @ValueSource(strings = {"udp", "arq-selective"})
    void shouldCountWhatIsTruncatedForeignOrAltered(final String spec) throws IOException {
        try (EchoPair pair = new EchoPair(spec).opened();
                DatagramSocket stranger = new DatagramSocket()) {
            pair.roundTrip();
            final byte[] good =
                    pair.relay().fromClient().get(pair.relay().fromClient().size() - 1);
            for (int length = 0; length < Wire.HEADER_BYTES; length++) {
                send(stranger, pair, Arrays.copyOf(good, length));
                if (length > 0) { // a channel does not send nothing
                    pair.relay().toServer(Arrays.copyOf(good, length));
                }
            }
            pair.until("all that is truncated", () -> pair.atServer("truncated") == 2 * Wire.HEADER_BYTES - 1);
            pair.roundTrip();
            final byte[] otherProtocol = good.clone();
            otherProtocol[PROTOCOL_AT] = NO_PROTOCOL;
            final byte[] text = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            send(stranger, pair, text);
            pair.relay().toServer(otherProtocol);
            pair.until("all that is foreign", () -> pair.atServer("foreign") == 2);
            pair.roundTrip();
            int altered = 0;
            for (int bit = 2 * Byte.SIZE; bit < good.length * Byte.SIZE; bit++) {
                final byte[] bad = good.clone();
                bad[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                pair.relay().toServer(bad);
                altered++;
                pair.pump();
            }
            final long expected = altered;
            pair.until("all that is altered", () -> pair.atServer("corrupt") == expected);
            pair.roundTrip();
            assertThat(pair.served()).containsExactly(1, 2, 3, 4);
            assertThat(pair.listener().rejectedCount()).isZero();
            assertThat(pair.listener().acceptedCount()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "arq-selective"})
    void shouldCountTheSameAtTheConnectingEnd(final String spec) throws IOException {
        try (EchoPair pair = new EchoPair(spec).opened()) {
            pair.roundTrip();
            final byte[] good =
                    pair.relay().fromServer().get(pair.relay().fromServer().size() - 1);
            final byte[] bad = good.clone();
            bad[good.length - 1] ^= 1;
            final byte[] foreign = good.clone();
            foreign[PROTOCOL_AT] = NO_PROTOCOL;
            for (final byte[] datagram : List.of(Arrays.copyOf(good, 5), bad, foreign, sealed(good, (byte) 77, 1))) {
                pair.relay().toClient(datagram);
            }
            pair.until("all of them", () -> pair.atClient("unknown") == 1);
            assertThat(pair.atClient("truncated")).isEqualTo(1);
            assertThat(pair.atClient("corrupt")).isEqualTo(1);
            assertThat(pair.atClient("foreign")).isEqualTo(1);
            pair.relay().toClient(sealed(good, (byte) 77, 0));
            pair.until("what nobody sends", () -> pair.atClient("malformed") == 1);
            pair.roundTrip();
            assertThat(pair.end()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "arq-selective"})
    void shouldTakeNothingForAConnectionFromAnotherAddress(final String spec) throws IOException {
        try (EchoPair pair = new EchoPair(spec).opened();
                DatagramSocket stranger = new DatagramSocket()) {
            pair.roundTrip();
            final List<byte[]> all = List.copyOf(pair.relay().fromClient());
            for (final byte[] datagram : all) {
                send(stranger, pair, datagram);
            }
            send(stranger, pair, sealed(all.get(0), Wire.CLOSE, 0));
            send(stranger, pair, sealed(all.get(0), Wire.RESET, 0));
            pair.until("all of them", () -> pair.atServer("wrongAddress") == all.size() + 2);
            pair.roundTrip();
            assertThat(pair.served()).containsExactly(1, 2);
            assertThat(pair.serverEnds()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "arq-selective"})
    void shouldTellWhoseConnectionIsUnknownWithNoMoreThanItSent(final String spec) throws IOException {
        try (EchoPair pair = new EchoPair(spec).opened();
                DatagramSocket stranger = new DatagramSocket()) {
            pair.roundTrip();
            final byte[] good =
                    pair.relay().fromClient().get(pair.relay().fromClient().size() - 1);
            send(stranger, pair, sealed(good, Wire.FIRST_OF_MECHANISM, 1));
            pair.until("it", () -> pair.atServer("unknown") == 1);
            final DatagramPacket answer = new DatagramPacket(new byte[256], 256);
            stranger.setSoTimeout(10_000);
            stranger.receive(answer);
            assertThat(answer.getLength()).isEqualTo(Wire.HEADER_BYTES);
            assertThat(answer.getData()[2]).isEqualTo(Wire.RESET);
            pair.roundTrip();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "arq-selective"})
    void shouldLetNobodyInWithTheCookieOfAnother(final String spec) throws IOException {
        try (EchoPair pair = new EchoPair(spec).opened();
                DatagramSocket stranger = new DatagramSocket()) {
            pair.roundTrip();
            // The second word of the client was an OPEN with its cookie; the connection id is changed, so that it is
            // new.
            send(stranger, pair, sealed(pair.relay().fromClient().get(1), Wire.OPEN, 1));
            pair.until("it", () -> pair.atServer("forged") == 1);
            pair.roundTrip();
            assertThat(pair.listener().acceptedCount()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "arq-selective"})
    void shouldNotRiseAgainByAReplay(final String spec) throws IOException {
        try (EchoPair pair = new EchoPair(spec).opened()) {
            pair.roundTrip();
            final List<byte[]> all = List.copyOf(pair.relay().fromClient());
            pair.connection().close();
            pair.until("the server's end", () -> !pair.serverEnds().isEmpty());
            final long before = pair.atServer("unknown");
            for (final byte[] datagram : all.subList(1, all.size())) {
                pair.relay().toServer(datagram);
            }
            pair.until("all of them", () -> pair.atServer("unknown") >= before + all.size() - 1);
            assertThat(pair.listener().acceptedCount()).isEqualTo(1);
            assertThat(pair.served()).containsExactly(1);
            assertThat(pair.serverEnds()).containsExactly(CloseReason.PEER_CLOSED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "arq-selective")
    void shouldDeliverNothingTwiceThatIsReplayed(final String spec) throws IOException {
        try (EchoPair pair = new EchoPair(spec).opened()) {
            for (int i = 0; i < 5; i++) {
                pair.roundTrip();
            }
            for (final byte[] datagram : List.copyOf(pair.relay().fromClient())) {
                pair.relay().toServer(datagram);
            }
            pair.roundTrip();
            assertThat(pair.served()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(pair.listener().acceptedCount()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "arq-selective"})
    void shouldLiveThroughRandomBytes(final String spec) throws IOException {
        final long seed = System.nanoTime();
        final Random random = new Random(SplitMix64.mix(seed));
        try (EchoPair pair = new EchoPair(spec).opened()) {
            pair.roundTrip();
            final byte[] good =
                    pair.relay().fromClient().get(pair.relay().fromClient().size() - 1);
            long sent = 0;
            for (int i = 0; i < 2_000; i++) {
                final byte[] noise = new byte[Wire.HEADER_BYTES + random.nextInt(100)];
                random.nextBytes(noise);
                System.arraycopy(good, 0, noise, 0, random.nextInt(Wire.HEADER_BYTES));
                pair.relay().toServer(noise);
                pair.relay().toClient(noise);
                sent++;
                pair.pump();
            }
            final long expected = sent;
            pair.until(
                    "all of it, seed " + seed, () -> pair.atServer("foreign") + pair.atServer("corrupt") == expected);
            pair.roundTrip();
            assertThat(pair.served()).as("seed " + seed).containsExactly(1, 2);
        }
    }

    /** The same with another type, and with a connection id that is so much higher; whole again. */
    private static byte[] sealed(final byte[] datagram, final byte type, final long more) {
        final Memory memory = Memory.onHeap(datagram.length);
        memory.view().putBytes(0, datagram);
        final long connectionId = Wire.connectionId(memory.view(), 0) + more;
        new Wire().seal(memory, 0, datagram.length, datagram[PROTOCOL_AT], type, 0, connectionId);
        final byte[] changed = new byte[datagram.length];
        memory.view().getBytes(0, changed);
        return changed;
    }

    private static void send(final DatagramSocket from, final EchoPair pair, final byte[] datagram) throws IOException {
        from.send(new DatagramPacket(
                datagram, datagram.length, ((HostPort) pair.listener().address()).resolve()));
    }
}
