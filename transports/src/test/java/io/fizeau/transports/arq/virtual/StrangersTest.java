package io.fizeau.transports.arq.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.transports.arq.cumulative.GoBackN;
import io.fizeau.transports.datagram.session.DatagramCounters;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.SessionSettings;
import io.fizeau.transports.datagram.wire.Wire;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a listening end does for those that it does not know: no more than they did, and it keeps nothing. */
class StrangersTest {
    private static final MechanismKind KIND = GoBackN.withDefaults();
    private static final int COOKIE = Wire.HEADER_BYTES + 16;

    /** The OPEN with the cookie, which does not arrive. */
    private static Recorder.Sent openWithCookie(final Simulation simulation) {
        final Recorder recorder = new Recorder();
        simulation.link.observe(recorder);
        simulation.link.observe((nowNs, direction, buffer, offset, length) -> {
            if (recorder.that(Direction.TO_SERVER).size() == 2) {
                simulation.link.cut(Direction.TO_SERVER, true);
            }
        });
        assertThat(simulation.runUntil(() -> recorder.that(Direction.TO_SERVER).size() == 2, Quiet.SECOND))
                .isTrue();
        simulation.killClient();
        return recorder.that(Direction.TO_SERVER).get(1);
    }

    private static InetSocketAddress stranger(final int number) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1_000 + number);
    }

    @Test
    void shouldNeverSendMoreToASpoofedSourceThanItSent() {
        final Simulation simulation = new Simulation(Quiet.of(KIND, 2_000, Quiet.MS));
        final Recorder recorder = new Recorder();
        simulation.link.observe(recorder);
        assertThat(simulation.runUntil(
                        () -> simulation.isOpen() && simulation.server().taken() > 20, Quiet.SECOND))
                .isTrue();
        final Dice dice = new Dice(99);
        final DatagramForger forger = new DatagramForger(KIND.protocol(), dice);
        recorder.all().forEach(sent -> forger.learn(sent.bytes()));
        final Map<InetSocketAddress, Long> sentBytes = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            final InetSocketAddress from = stranger(dice.below(50));
            final byte[] datagram = forger.any();
            simulation.inject(Direction.TO_SERVER, from, datagram);
            sentBytes.merge(from, (long) datagram.length, Long::sum);
            final long got = simulation.link.bytesElsewhere.getOrDefault(from, 0L);
            assertThat(got).isLessThanOrEqualTo(sentBytes.get(from));
        }
        assertThat(simulation.link.bytesElsewhere).hasSize(50);
        assertThat(simulation.endpoint.size()).isEqualTo(1);
        assertThat(simulation.accepted()).hasSize(1);
        assertThat(simulation.server().session().state()).isEqualTo(ConnectionState.OPEN);
        final DatagramCounters counters = simulation.serverTools.counters();
        assertThat(counters.values().values()).allMatch(count -> count >= 0);
        assertThat(counters.wrongAddress).isPositive();
        assertThat(counters.forged).isPositive();
        assertThat(counters.truncated).isPositive();
        assertThat(counters.foreign).isPositive();
        assertThat(counters.corrupt).isPositive();
        assertThat(counters.unknown).isPositive();
    }

    @Test
    void shouldAnswerEachDatagramWithNoLongerOne() {
        final Simulation simulation = new Simulation(Quiet.of(KIND, 1, 0));
        final Recorder.Sent open = openWithCookie(simulation);
        final Dice dice = new Dice(5);
        final DatagramForger forger = new DatagramForger(KIND.protocol(), dice);
        forger.learn(open.bytes());
        for (int i = 0; i < 50_000; i++) {
            final InetSocketAddress from = stranger(i);
            final byte[] datagram = forger.any();
            simulation.inject(Direction.TO_SERVER, from, datagram);
            assertThat(simulation.link.bytesElsewhere.getOrDefault(from, 0L)).isLessThanOrEqualTo(datagram.length);
            assertThat(simulation.link.datagramsElsewhere.getOrDefault(from, 0L))
                    .isLessThanOrEqualTo(1);
        }
        assertThat(simulation.endpoint.size()).isZero();
        assertThat(simulation.accepted()).isEmpty();
    }

    @Test
    void shouldKeepNothingUntilTheCookieComesBack() {
        final Simulation simulation = new Simulation(Quiet.of(KIND, 1, 0));
        final Recorder.Sent open = openWithCookie(simulation);
        assertThat(simulation.endpoint.size()).isZero();
        final long before = Footprint.of(simulation.endpoint);
        final byte[] first = open.bytes().clone();
        for (int at = 0; at < 32; at++) {
            first[COOKIE + at] = 0;
        }
        for (int i = 0; i < 10_000; i++) {
            DatagramForger.putConnection(first, i);
            DatagramForger.seal(first);
            simulation.inject(Direction.TO_SERVER, stranger(i), first);
        }
        assertThat(simulation.link.datagramsElsewhere).hasSize(10_000);
        assertThat(simulation.endpoint.size()).isZero();
        assertThat(Footprint.of(simulation.endpoint)).isEqualTo(before);
    }

    @Test
    void shouldLetInWhoReturnsItsOwnCookieInTime() {
        final Simulation simulation = new Simulation(Quiet.of(KIND, 1, 0));
        final byte[] open = openWithCookie(simulation).bytes();
        simulation.runFor(SessionSettings.COOKIE_LIFE_NS - 3 * Quiet.MS);
        simulation.inject(Direction.TO_SERVER, simulation.link.client, open);
        assertThat(simulation.endpoint.size()).isEqualTo(1);
    }

    @Test
    void shouldCountAStaleCookieAndGiveANewOne() {
        final Simulation simulation = new Simulation(Quiet.of(KIND, 1, 0));
        final Recorder recorder = new Recorder();
        simulation.link.observe(recorder);
        final byte[] open = openWithCookie(simulation).bytes();
        simulation.runFor(SessionSettings.COOKIE_LIFE_NS);
        final int before = recorder.that(Direction.TO_CLIENT).size();
        simulation.inject(Direction.TO_SERVER, simulation.link.client, open);
        assertThat(simulation.serverTools.counters().stale).isEqualTo(1);
        assertThat(simulation.endpoint.size()).isZero();
        assertThat(recorder.that(Direction.TO_CLIENT)).hasSize(before + 1);
        assertThat(recorder.that(Direction.TO_CLIENT).get(before).type()).isEqualTo(Wire.CHALLENGE);
    }

    @Test
    void shouldCountACookieOfAnotherAddressOrConnectionAsForged() {
        final Simulation simulation = new Simulation(Quiet.of(KIND, 1, 0));
        final byte[] open = openWithCookie(simulation).bytes();
        simulation.inject(Direction.TO_SERVER, stranger(1), open);
        assertThat(simulation.serverTools.counters().forged).isEqualTo(1);
        final byte[] other = open.clone();
        DatagramForger.putConnection(other, 77);
        DatagramForger.seal(other);
        simulation.inject(Direction.TO_SERVER, simulation.link.client, other);
        assertThat(simulation.serverTools.counters().forged).isEqualTo(2);
        assertThat(simulation.endpoint.size()).isZero();
        assertThat(simulation.link.bytesElsewhere).isEmpty();
    }

    @Test
    void shouldCountEveryAlteredCookieAsForged() {
        final Simulation simulation = new Simulation(Quiet.of(KIND, 1, 0));
        final byte[] open = openWithCookie(simulation).bytes();
        final int bits = 8 * (16 + 32); // what was asked for, and the cookie
        for (int bit = 0; bit < bits; bit++) {
            final byte[] altered = open.clone();
            altered[Wire.HEADER_BYTES + bit / 8] ^= (byte) (1 << (bit % 8));
            DatagramForger.seal(altered);
            simulation.inject(Direction.TO_SERVER, simulation.link.client, altered);
        }
        assertThat(simulation.serverTools.counters().forged).isEqualTo(bits);
        assertThat(simulation.endpoint.size()).isZero();
    }

    @Test
    void shouldNotLetInTwiceByOneCookie() {
        final Simulation simulation = new Simulation(Quiet.of(KIND, 1, 0));
        final byte[] open = openWithCookie(simulation).bytes();
        simulation.inject(Direction.TO_SERVER, simulation.link.client, open);
        simulation.inject(Direction.TO_SERVER, simulation.link.client, open);
        assertThat(simulation.endpoint.size()).isEqualTo(1);
        assertThat(simulation.accepted()).hasSize(1);
        simulation.server().session().close();
        simulation.endpoint.forget(simulation.server().session(), simulation.clock.nowNs);
        simulation.inject(Direction.TO_SERVER, simulation.link.client, open);
        assertThat(simulation.endpoint.size()).isZero();
        assertThat(simulation.serverTools.counters().unknown).isEqualTo(1);
    }
}
