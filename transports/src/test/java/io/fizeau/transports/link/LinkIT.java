package io.fizeau.transports.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The links as they are, each in a JVM and, where it needs one, a namespace of its own. */
@Timeout(240)
class LinkIT {
    private static final int DATAGRAMS = 20_000;
    private static final int LOST_AT_ONE_PERCENT = 212;

    @ParameterizedTest
    @ValueSource(strings = {"tun", "nft", "udp-proxy"})
    void shouldLoseExactlyThePacketsOfTheSchedule(final String kind) throws Exception {
        LinkProcess.assume(kind);
        final Map<String, String> found =
                LinkProcess.run("datagrams", kind, "loss=1%:seed=42", Integer.toString(DATAGRAMS));
        final List<Integer> lost = Stream.of(found.get("lost").split(" ", -1))
                .map(Integer::valueOf)
                .toList();
        assertThat(lost).startsWith(112, 190, 266, 418, 548, 629).hasSize(LOST_AT_ONE_PERCENT);
        assertThat(found)
                .containsEntry("link.verdict", "ok")
                .containsEntry("impairment", "loss=1%:seed=42")
                .containsEntry("link.unscheduled", "0")
                .containsEntry("link.toServer.seen", "20000")
                .containsEntry("link.toServer.lostByLoss", "212")
                .containsEntry("link.toServer.passed", "19788")
                .containsEntry("link.toClient.seen", "0");
    }

    @ParameterizedTest
    @CsvSource({"tun, round-trips", "tun, datagram-trips", "udp-proxy, datagram-trips"})
    void shouldAddTwentyMillisecondsByTenEachWay(final String kind, final String what) throws Exception {
        LinkProcess.assume(kind);
        final Map<String, String> found = LinkProcess.run(what, kind, "delay=10ms", "50");
        // The best of them: what else the machine does meanwhile may delay some, but not all. Twice the delay would be
        // 40 ms.
        assertThat(number(found, "leastNs")).isBetween(20_000_000L, 29_000_000L);
        assertThat(number(found, "link.toServer.lateNs")).isPositive();
        assertThat(number(found, "link.toServer.delayed")).isGreaterThanOrEqualTo(50);
        assertThat(number(found, "link.toClient.delayed")).isGreaterThanOrEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({"nft, up.loss=1%:seed=42", "tun, up.loss=1%:seed=42"})
    void shouldMakeTcpRetransmitWhatWasLost(final String kind, final String impairment) throws Exception {
        LinkProcess.assume(kind);
        final Map<String, String> found = LinkProcess.run("bulk", kind, impairment, "16", "cubic", "10");
        final long lost = number(found, "link.toServer.lostByLoss");
        assertThat(lost).isGreaterThan(50);
        // Of the last packets of a connection nobody sends an acknowledgement again.
        assertThat(number(found, "retransmitted")).isGreaterThanOrEqualTo(lost - 3);
        assertThat(found)
                .containsEntry("intact", "true")
                .containsEntry("link.tcp", "congctl cubic rto_min 10ms")
                .containsEntry("link.verdict", "ok");
    }

    @Test
    void shouldHaveTcpNoticeWhatWasCorrupted() throws Exception {
        LinkProcess.assume("tun");
        final Map<String, String> found = LinkProcess.run("bulk", "tun", "corrupt=1%:seed=42", "16", "cubic", "10");
        final long corrupted = number(found, "link.toServer.corrupted") + number(found, "link.toClient.corrupted");
        assertThat(corrupted).isGreaterThan(100);
        assertThat(found).containsEntry("intact", "true").containsEntry("link.verdict", "ok");
        // A few have the length of the header wrong, which is found before the checksum is.
        assertThat(number(found, "checksumErrors")).isBetween(corrupted * 9 / 10, corrupted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tun", "udp-proxy"})
    void shouldAllocateNothingForAPacket(final String kind) throws Exception {
        LinkProcess.assume(kind);
        final Map<String, String> found = LinkProcess.run("speed", kind, "none", "3000");
        final long packets = number(found, "link.toServer.seen") + number(found, "link.toClient.seen");
        assertThat(packets).isGreaterThan(1000);
        // The smallest object takes 16 bytes; a new schedule and the counts take some.
        assertThat(number(found, "allocatedBytes")).isLessThan(200_000 + 8 * packets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nft", "tun"})
    void shouldHardlyRetransmitWhereNothingIsLost(final String kind) throws Exception {
        LinkProcess.assume(kind);
        final Map<String, String> found = LinkProcess.run("bulk", kind, "none", "16", "cubic", "200");
        assertThat(found).containsEntry("intact", "true").containsEntry("link.toServer.lostByLoss", "0");
        // Of some 11 600 segments. Not none: the loopback hands packets over by processor, so a sender that is moved to
        // another one overtakes itself, and TCP takes that for a loss until it has learnt better; and while the relay
        // waits for a processor, for longer than 200 ms, TCP sends again what is only late.
        assertThat(number(found, "retransmitted")).isLessThan(3_000);
    }

    @ParameterizedTest
    @CsvSource({"tun, tcp-nio", "tun, aeron-udp", "nft, tcp-nio", "nft, aeron-udp"})
    void shouldCarryTransportsBothWays(final String kind, final String transport) throws Exception {
        LinkProcess.assume(kind);
        final Map<String, String> found = LinkProcess.run(transport, kind, "none", "1000");
        assertThat(found).containsEntry("serverErrors", "[]").containsEntry("link.verdict", "ok");
        // What goes past the link is not impaired: each round trip has to be seen in both directions.
        assertThat(number(found, "link.toServer.seen")).isGreaterThanOrEqualTo(1000);
        assertThat(number(found, "link.toClient.seen")).isGreaterThanOrEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tun", "nft", "udp-proxy"})
    void shouldLoseEverythingInABlackoutAndNothingAfterIt(final String kind) throws Exception {
        LinkProcess.assume(kind);
        final Map<String, String> found = LinkProcess.run("blackout", kind, "none", "100");
        assertThat(found)
                .containsEntry("before", "100")
                .containsEntry("within", "0")
                .containsEntry("after", "100")
                .containsEntry("inTime", "true")
                .containsEntry("link.verdict", "ok");
        assertThat(number(found, "link.toServer.lostByBlackout")).isGreaterThanOrEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tun", "nft"})
    void shouldLetTcpPassAtTheRateOfTheLink(final String kind) throws Exception {
        LinkProcess.assume(kind);
        long best = 0;
        // A link has no more than its rate, and less only while somebody waits for a processor: not in each of three
        // times.
        for (int i = 0; i < 3 && best < 40_000; i++) {
            final Map<String, String> found =
                    LinkProcess.run("bulk", kind, "rate=50mbit:queue=256k", "16", "cubic", "200");
            assertThat(found).containsEntry("intact", "true");
            // Of 1514 bytes of a frame 1448 are payload: 47.8 of 50 Mbit/s.
            assertThat(number(found, "kilobitsPerSecond")).isLessThan(48_500);
            best = Math.max(best, number(found, "kilobitsPerSecond"));
        }
        assertThat(best).isGreaterThan(25_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tun", "nft"})
    void shouldLeaveNothingBehindWhenItsParentIsKilled(final String kind) throws Exception {
        LinkProcess.assume(kind);
        final Process parent = new ProcessBuilder(LinkProcess.java(LinkStarter.class, "wait", kind, "loss=1%", "1"))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = parent.inputReader()) {
            // Newer JDKs warn of native calls first.
            final String first = lines.lines()
                    .filter(line -> line.startsWith("ready"))
                    .findFirst()
                    .orElse("it ended");
            assertThat(first).isEqualTo("ready=true");
            final List<ProcessHandle> inside = parent.descendants().toList();
            assertThat(inside).hasSizeGreaterThanOrEqualTo(2);
            final List<String> namespaces = inside.stream()
                    .map(LinkIT::network)
                    .filter(text -> !text.isEmpty() && !text.equals(network(ProcessHandle.current())))
                    .toList();
            assertThat(namespaces).isNotEmpty();
            parent.destroyForcibly();
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(inside).noneMatch(ProcessHandle::isAlive);
                assertThat(ProcessHandle.allProcesses().map(LinkIT::network)).doesNotContainAnyElementsOf(namespaces);
            });
            assertThat(Files.readString(Path.of("/proc/self/net/dev"))).doesNotContain("fizeau0");
        } finally {
            parent.destroyForcibly();
        }
    }

    private static String network(final ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "ns", "net"))
                    .toString();
        } catch (final IOException e) {
            // It has ended, or is somebody else's.
            return "";
        }
    }

    private static long number(final Map<String, String> found, final String name) {
        assertThat(found).containsKey(name);
        return Long.parseLong(found.get(name));
    }
}
