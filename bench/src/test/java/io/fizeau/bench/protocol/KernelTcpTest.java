package io.fizeau.bench.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.host.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelTcpTest {
    private static final String SNMP = """
            Ip: Forwarding DefaultTTL
            Ip: 1 64
            Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens OutSegs RetransSegs InErrs OutRsts InCsumErrors
            Tcp: 1 200 120000 -1 39390 %d %d 3 1036 0
            """;

    private static final String NETSTAT = """
            TcpExt: SyncookiesSent TCPFastRetrans TCPTimeouts TCPLossProbes TCPDSACKRecv TCPSpuriousRTOs TCPRcvQDrop
            TcpExt: 0 1882 3108 %d 3332 128 0
            IpExt: InNoRoutes InTruncatedPkts
            IpExt: 1 2
            """;

    @TempDir
    private Path root;

    @Test
    void shouldTellWhatHappenedBetweenTwoReadings() throws IOException {
        write(SNMP.formatted(1000, 10), NETSTAT.formatted(7));
        CounterSet before = KernelTcp.read(new HostFiles(root));
        write(SNMP.formatted(1500, 15), NETSTAT.formatted(9));
        CounterSet since = KernelTcp.read(new HostFiles(root)).since(before);

        assertThat(since.isKnown()).isTrue();
        assertThat(since.values())
                .containsEntry("OutSegs", 500L)
                .containsEntry("RetransSegs", 5L)
                .containsEntry("InErrs", 0L)
                .containsEntry("TCPLossProbes", 2L)
                .containsEntry("TCPTimeouts", 0L)
                .doesNotContainKeys("RtoMin", "SyncookiesSent", "TCPRcvQDrop");
    }

    @Test
    void shouldHaveTheRetransmissionsOfAKernelWithoutExtendedCounters() throws IOException {
        write(SNMP.formatted(1, 2), "");

        assertThat(KernelTcp.read(new HostFiles(root)).values())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("OutSegs", 1L, "RetransSegs", 2L, "InErrs", 3L, "InCsumErrors", 0L));
    }

    @Test
    void shouldSayWhyThereAreNone() throws IOException {
        CounterSet missing = KernelTcp.read(new HostFiles(root));
        assertThat(missing.isKnown()).isFalse();
        assertThat(missing.reason()).isEqualTo("unavailable: /proc/net/snmp does not exist");

        write("Udp: InDatagrams\nUdp: 4\n", "");
        assertThat(KernelTcp.read(new HostFiles(root)).reason()).contains("no counters of Tcp");
        assertThat(KernelTcp.read(new HostFiles(root)).since(missing).isKnown()).isFalse();
    }

    @Test
    void shouldLeaveOutWhatFellOrWasNotThereBefore() {
        CounterSet before = CounterSet.of(Map.of("fell", 9L, "rose", 1L));
        CounterSet now = CounterSet.of(Map.of("fell", 8L, "rose", 4L, "new", 5L));

        assertThat(now.since(before).values()).containsExactly(Map.entry("rose", 3L));
    }

    @Test
    void shouldCountWhatLeftOverEachDevice() throws IOException {
        Path file = root.resolve("proc/net/dev");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                    lo: 4508413   26137    0    0    0     0          0         0  4508413   26137    0    0    0     0       0          0
                fizeau0:    1000      10    0    0    0     0          0         0     2500      20    0    0    0     0       0          0
                """);

        assertThat(NetworkDevices.sentBytes(new HostFiles(root)).values())
                .containsExactly(Map.entry("lo", 4508413L), Map.entry("fizeau0", 2500L));
    }

    private void write(String snmp, String netstat) throws IOException {
        Path directory = root.resolve("proc/net");
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("snmp"), snmp);
        Files.writeString(directory.resolve("netstat"), netstat);
    }
}
