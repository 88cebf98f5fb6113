package io.fizeau.bench.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.bench.plan.PlannedFork;
import io.fizeau.bench.plan.Row;
import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.plan.Side;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final PlannedFork TCP = fork("tcp-nio");
    private static final PlannedFork UDP = fork("aeron-udp");
    private static final RunPlan PLAN =
            new RunPlan(List.of(TCP.row(), UDP.row()), 3, 1, List.of(), Map.of(), Duration.ofMillis(2_700));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong nowNs = new AtomicLong();

    @Test
    void shouldSayWhatRunsAndTheTimeLeftInPlainLines() {
        try (Progress progress = new PlainProgress(out, PLAN, nowNs::get)) {
            progress.onFork(0, 0, TCP);
            nowNs.addAndGet(Duration.ofSeconds(4).toNanos());
            progress.onResult(TCP, 8_120, "ns/op");
            progress.onFork(1, 0, UDP);
            nowNs.addAndGet(Duration.ofSeconds(4).toNanos());
            progress.onFailure(UDP, "the wire is cut");
            progress.onRound(0);
        }

        assertThat(text())
                .contains("[1/6, round 1/3, 24 s left] tcp-nio closed 32 B ... 8.12 us")
                .contains("[2/6, round 1/3, 20 s left] aeron-udp closed 32 B ... FAILED: the wire is cut")
                .containsPattern("tcp-nio +8.12 us \\(1\\)")
                .containsPattern("aeron-udp +FAILED !1")
                .doesNotContain("\033");
    }

    @Test
    void shouldShowTheMedianOfTheForksSoFar() {
        MedianTable table = new MedianTable(PLAN.distinctForks());
        table.add(TCP, 9_000, "ns/op");
        table.add(TCP, 7_000, "ns/op");
        table.add(TCP, 8_500, "ns/op");
        table.addFailure(TCP);

        assertThat(table.lines()).hasSize(3);
        assertThat(table.lines().get(1)).startsWith("tcp-nio").endsWith("8.50 us (3 !1)");
        assertThat(table.lines().get(2)).startsWith("aeron-udp").endsWith("...");
    }

    @Test
    void shouldShowTheSidesOfATransportInLinesOfTheirOwn() {
        RunPlan both = PLAN.withBothSides();
        MedianTable table = new MedianTable(both.distinctForks());
        table.add(new PlannedFork(TCP.row(), Side.CANDIDATE), 9_000, "ns/op");

        assertThat(table.lines()).hasSize(5);
        assertThat(table.lines().get(1)).startsWith("tcp-nio base ").endsWith("...");
        assertThat(table.lines().get(2)).startsWith("tcp-nio candidate ").endsWith("9.00 us (1)");
    }

    @Test
    void shouldWriteOverItsOwnLinesOnATerminal() {
        try (Progress progress = new LiveProgress(new Terminal(out, true, 60), PLAN)) {
            progress.onFork(0, 0, TCP);
            progress.onResult(TCP, 8_120, "ns/op");
            progress.onNote("a note that stays");
        }

        assertThat(text()).contains("\033[4A").contains("8.12 us").contains("a note that stays\n");
        assertThat(text().lines())
                .allSatisfy(line ->
                        assertThat(line.replaceAll("\033\\[\\d*[A-Z]|\r", "")).hasSizeLessThan(60));
        assertThat(text()).endsWith("\033[J");
    }

    @Test
    void shouldLearnTheTimeLeftFromWhatForksReallyTake() {
        TimeLeft left = new TimeLeft(PLAN, nowNs::get);
        assertThat(left.left()).isEqualTo(Duration.ofSeconds(24));
        for (int i = 0; i < 5; i++) {
            left.onForkStart();
            nowNs.addAndGet(Duration.ofSeconds(10).toNanos());
            left.onForkEnd();
        }
        assertThat(left.left()).isEqualTo(Duration.ofSeconds(9));
        left.onForkStart();
        nowNs.addAndGet(Duration.ofSeconds(60).toNanos());
        assertThat(left.left()).isZero();
    }

    @Test
    void shouldWriteTimesForAPerson() {
        assertThat(TimeLeft.format(Duration.ofMillis(900))).isEqualTo("1 s");
        assertThat(TimeLeft.format(Duration.ofSeconds(125))).isEqualTo("2 m 05 s");
        assertThat(TimeLeft.format(Duration.ofMinutes(125))).isEqualTo("2 h 05 m");
    }

    private static PlannedFork fork(String transport) {
        return new PlannedFork(new Row("a.B.closed", Map.of("transport", transport), "closed 32 B", 3), Side.ALONE);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
