package io.fizeau.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.core.transport.Availability;
import io.fizeau.transports.link.Links;
import io.fizeau.transports.link.namespace.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The suites over a bad link as a run has them, only shorter: over a TUN device in a namespace. */
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImpairedSuitesIT {
    private static final String LINK = "tun";

    @TempDir
    private Path folder;

    private Map<String, Double> rows = new LinkedHashMap<>();
    private Map<String, String> notes = new LinkedHashMap<>();

    @BeforeAll
    static void needsTheLink() {
        final Availability availability = Links.named(LINK).availability();
        if (!availability.isAvailable()) {
            System.err.println("SKIPPED: the suites over a bad link, for link=" + LINK + " cannot run here: "
                    + availability.reason());
        }
        assumeTrue(availability.isAvailable(), availability::reason);
    }

    @Test
    void shouldShowWhatLossDoesToTcp() throws Exception {
        run(
                "LossRecoveryBenchmark.offered",
                2_000,
                "transport=tcp-nio",
                "impair=loss=5%:delay=1ms:seed=42",
                "congestion=cubic",
                "rate=500");

        assertThat(linkLosses()).isPositive();
        assertThat(rows.get("tcp:RetransSegs")).isPositive();
        assertThat(rows).containsKeys("response:p50", "hit.estimated", "tcpinfo.client:rtt", "theory:extra.sack");
        assertThat(rows.get("hit.estimated:count")).isPositive();
        assertThat(rows.get("hit.estimated:share")).isBetween(0.001, 0.9);
        assertThat(rows.get("ledger:lost"))
                .as("TCP repairs what the link loses")
                .isZero();
        assertThat(rows.get("response:p50")).isGreaterThan(2e6);
        assertThat(note("tcpCongestion")).isEqualTo("cubic");
        assertThat(note("tcpCongestionServer")).isEqualTo("cubic");
        assertThat(note("overLink")).contains("is reached at");
    }

    @Test
    void shouldShowWhatLossDoesToAeron() throws Exception {
        run("LossRecoveryBenchmark.closed", 2_000, "transport=aeron-udp", "impair=loss=5%:delay=1ms:seed=42");

        assertThat(linkLosses()).isPositive();
        assertThat(rows.get("aeron.client:retransmits") + rows.get("aeron.server:retransmits"))
                .isPositive();
        assertThat(rows.get("aeron.client:naksSent") + rows.get("aeron.server:naksSent"))
                .isPositive();
        assertThat(rows).containsKeys("service:p50", "hit.estimated:count", "theory:extra.tail");
        assertThat(rows).doesNotContainKey("tcp:RetransSegs");
        assertThat(note("option.window")).isEqualTo("131072");
    }

    @Test
    void shouldKnowWhichMessagesALossHitWhereTracesTell() throws Exception {
        run("LossRecoveryBenchmark.offered", 2_000, "transport=arq-selective", "impair=loss=5%:delay=1ms:seed=42");

        assertThat(linkLosses()).isPositive();
        assertThat(rows.get("ledger:lost")).isZero();
        assertThat(rows.get("datagrams.client:resent") + rows.get("datagrams.server:resent"))
                .isPositive();
        assertThat(rows.get("datagrams.client:corrupt")).isZero();
        assertThat(rows).containsKeys("hit.known", "hit.estimated:count");
        // A lost acknowledgement hits nobody, and no more messages are hit than packets are lost, but for those sent
        // again for nothing.
        assertThat(rows.get("hit.known:count"))
                .isBetween(
                        linkLosses() / 4.0,
                        linkLosses()
                                + rows.get("datagrams.client:duplicate")
                                + rows.get("datagrams.server:duplicate")
                                + 2);
        assertThat(note("protocolCountersServer")).isEqualTo("the server's nodes");
    }

    @Test
    void shouldRetransmitNothingToSpeakOfWhereNothingIsLost() throws Exception {
        run("GoodputBenchmark.oneWay", 2_000, "transport=tcp-nio", "impair=delay=1ms", "congestion=reno");

        assertThat(linkLosses()).isZero();
        assertThat(rows.get("goodput")).isPositive();
        assertThat(rows.get("wire:perPayloadByte")).isBetween(1.0, 2.0);
        assertThat(rows).doesNotContainKey("theory:mathis");
        assertThat(note("tcpCongestion")).isEqualTo("reno");
    }

    @Test
    void shouldSetGoodputBesideTheory() throws Exception {
        run(
                "GoodputBenchmark.oneWay",
                3_000,
                "transport=tcp-nio",
                "impair=loss=1%:delay=10ms:seed=42",
                "congestion=reno");

        assertThat(rows.get("goodput:retransmissions")).isPositive();
        assertThat(rows.get("goodput:lost")).isZero();
        assertThat(rows).containsKeys("theory:mathis", "theory:pftk", "goodput:spurious");
        assertThat(rows.get("goodput")).isBetween(rows.get("theory:mathis") / 10, rows.get("theory:mathis") * 10);
    }

    @Test
    void shouldTellHowSoonMessagesComeAgainAfterABlackout() throws Exception {
        // Where a thread had to wait for a processor, what piled up before the blackout is delivered at once, and the
        // earlier rate is not the one that was offered: a run that was held up so is made again.
        double earlierRate = 0;
        for (int i = 0; i < 3 && (earlierRate < 500 || earlierRate > 1100); i++) {
            rows.clear();
            run(
                    "BlackoutBenchmark.streamed",
                    3_000,
                    "transport=aeron-udp",
                    "impair=delay=1ms",
                    "blackout=200ms",
                    "rate=1k");
            earlierRate = rows.get("blackout:earlierRate");
        }

        assertThat(rows.get("blackout:lasted")).isBetween(199.0, 260.0);
        assertThat(earlierRate).isBetween(500.0, 1100.0);
        assertThat(rows.get("blackout:unrecovered")).isZero();
        assertThat(rows.get("blackout:untraced")).isZero();
        assertThat(rows.get("blackout:first")).isBetween(0.0, 5_000.0);
        assertThat(rows.get("blackout:recovered")).isGreaterThanOrEqualTo(rows.get("blackout:first"));
    }

    private long linkLosses() {
        return Long.parseLong(notes.get("link.toServer.lostByLoss"))
                + Long.parseLong(notes.get("link.toClient.lostByLoss"));
    }

    private String note(final String name) throws IOException {
        final JsonNode all =
                new ObjectMapper().readTree(folder.resolve("notes.json").toFile());
        return all.path(name).asText();
    }

    private void run(final String benchmark, final int milliseconds, final String... params) throws Exception {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                // Another JMH may run on this machine.
                "-Djmh.ignoreLock=true",
                "-cp",
                System.getProperty("java.class.path"),
                ImpairedRun.class.getName(),
                LINK,
                benchmark,
                folder.resolve("notes.json").toString(),
                Integer.toString(milliseconds)));
        command.addAll(List.of(params));
        final Path out = folder.resolve("out.txt");
        final Process process = Namespace.start(
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()));
        try {
            assertThat(process.waitFor(150, TimeUnit.SECONDS))
                    .as("ends in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        final String text = Files.readString(out);
        assertThat(process.exitValue()).as(text).isZero();
        for (final String line : text.lines().toList()) {
            final String[] words = line.split(" ", 3);
            if (words.length == 3 && words[0].equals("row")) {
                rows.put(words[1], Double.valueOf(words[2]));
            } else if (words.length == 3 && words[0].equals("note")) {
                notes.put(words[1], words[2]);
            }
        }
        System.out.println(benchmark + ' ' + List.of(params) + '\n' + text);
    }
}
