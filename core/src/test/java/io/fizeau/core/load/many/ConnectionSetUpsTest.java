package io.fizeau.core.load.many;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.Channel;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.load.LoadRig;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.Delivery;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionSetUpsTest {
    private static final int CONNECTIONS = 100;

    @ParameterizedTest
    @CsvSource({"CALLER, 1", "CALLER, 8", "OWN, 1", "OWN, 8"})
    void shouldTimeEachConnectionUntilItIsOpenAndUntilItsAnswer(Driving driving, int underWay) {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                ConnectionSetUps setUps = ConnectionSetUps.over(rig.end(driving), underWay)) {
            assertThat(setUps.advance(CONNECTIONS)).isGreaterThanOrEqualTo(CONNECTIONS);
            final long answered = setUps.takeAnswered().count();
            assertThat(answered).isBetween((long) CONNECTIONS, (long) CONNECTIONS + underWay);
            assertThat(setUps.takeOpened().count()).isEqualTo(answered);

            setUps.reset();
            setUps.advance(1);
            assertThat(setUps.takeAnswered().count()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(Driving.class)
    void shouldCountForTheNextCallWhatWasMadeBeyondTheLast(Driving driving) {
        int underWay = 64;
        int calls = 1_000;
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                ConnectionSetUps setUps = ConnectionSetUps.over(rig.end(driving), underWay)) {
            setUps.advance(1);
            setUps.reset();
            for (int i = 0; i < calls; i++) {
                setUps.advance(1);
            }
            assertThat(setUps.takeAnswered().count()).isBetween((long) calls, (long) calls + underWay);
        }
    }

    @Test
    void shouldFailWhenNobodyListens() {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                ConnectionSetUps setUps = ConnectionSetUps.over(rig.end(Driving.CALLER), 1)) {
            rig.closeServer();
            assertThatThrownBy(() -> setUps.advance(CONNECTIONS))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("closed before its first message was answered")
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    void shouldNameTheLocalPortsWhereOneOfManyCannotBeReached() {
        Address address = HostPort.loopback();
        assertThat(LocalPorts.doubt(address, CloseReason.UNREACHABLE, 30_000))
                .contains("local port", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_tw_reuse");
        assertThat(LocalPorts.doubt(address, CloseReason.UNREACHABLE, 10)).isEmpty();
        assertThat(LocalPorts.doubt(address, CloseReason.PEER_CLOSED, 30_000)).isEmpty();
        assertThat(LocalPorts.doubt(new Channel("memory:1", 0), CloseReason.UNREACHABLE, 30_000))
                .isEmpty();
    }

    @Test
    void shouldFailWhenAnotherMessageComesBack() {
        try (LoadRig rig = new LoadRig(Fault.NONE, ConnectionSetUpsTest::sendAnother);
                ConnectionSetUps setUps = ConnectionSetUps.over(rig.end(Driving.CALLER), 1)) {
            assertThatThrownBy(() -> setUps.advance(CONNECTIONS))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("wrong messages");
        }
    }

    @Test
    void shouldFailWhenNoAnswerComes() {
        try (LoadRig rig = new LoadRig(
                                Fault.NONE,
                                (connection, buffer, offset, length) -> io.fizeau.core.transport.Delivery.CONSUMED)
                        .impatient();
                ConnectionSetUps setUps = ConnectionSetUps.over(rig.end(Driving.CALLER), 4)) {
            assertThatThrownBy(() -> setUps.advance(1)).hasMessageContaining("not answered within 2000 ms");
        }
    }

    private static Delivery sendAnother(Connection connection, DirectBuffer buffer, int offset, int length) {
        UnsafeBuffer other = new UnsafeBuffer(new byte[length]);
        other.putBytes(0, buffer, offset, length);
        other.putByte(length - 1, (byte) ~other.getByte(length - 1));
        connection.send(other, 0, length);
        return Delivery.CONSUMED;
    }
}
