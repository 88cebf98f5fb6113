package io.fizeau.transports.link.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkFilesTest {
    private static final List<String> DEVICES = List.of(
            "Inter-|   Receive                                                |  Transmit",
            " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls",
            "    lo:     168       2    0    0    0     0          0         0      168       2    0    0    0     0",
            "fizeau0: 99 1 0 0 0 0 0 0 5000 40 0 3 0 0 0 0");
    private static final List<String> SNMP = List.of(
            "Tcp: RtoAlgorithm RetransSegs", "Tcp: 1 116", "Udp: InDatagrams NoPorts RcvbufErrors", "Udp: 9 0 7");

    @Test
    void shouldCountAsSentAlsoWhatFoundTheQueueFull() {
        assertThat(NetworkFiles.sent(DEVICES, "fizeau0")).isEqualTo(43);
        assertThat(NetworkFiles.sent(DEVICES, "lo")).isEqualTo(2);
        assertThatThrownBy(() -> NetworkFiles.sent(DEVICES, "eth7"))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("eth7");
    }

    @Test
    void shouldFindACounterByItsName() {
        assertThat(NetworkFiles.snmp(SNMP, "Tcp", "RetransSegs")).isEqualTo(116);
        assertThat(NetworkFiles.snmp(SNMP, "Udp", "RcvbufErrors")).isEqualTo(7);
        assertThat(NetworkFiles.snmp(SNMP, "Udp", "Unheard")).isZero();
        assertThat(NetworkFiles.snmp(SNMP, "Sctp", "RetransSegs")).isZero();
    }

    @Test
    void shouldAddUpTheDropsOfSomeSocketsOnly() {
        final List<String> lines = List.of(
                "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops",
                "  100: 0100007F:0FA0 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 000 12",
                "  101: 0100007F:0FA1 0100007F:0FA0 01 00000000:00000000 00:00000000 00000000     0        0 1 2 000 30",
                "  102: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 000 500");
        assertThat(NetworkFiles.datagramDrops(lines, List.of(0x0FA0, 0x0FA1))).isEqualTo(42);
    }
}
