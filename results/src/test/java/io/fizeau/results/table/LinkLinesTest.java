package io.fizeau.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.run.RunReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkLinesTest {
    @TempDir
    private Path temp;

    private RunFolderBuilder builder;

    @BeforeEach
    void setUp() {
        builder = new RunFolderBuilder(temp)
                .transport("tcp-nio", "spinning", "reliable")
                .transport("aeron-udp", "spinning", "reliable");
    }

    @Test
    void shouldLayTheoryOverTheGoodputThatWasMeasured() {
        for (int round = 0; round < 3; round++) {
            builder.overLink(
                    round,
                    "GoodputBenchmark.oneWay",
                    params("tcp-nio", "loss=1%:delay=10ms", "reno"),
                    figures(
                            "goodput",
                            6.0 + round,
                            "theory:pftk",
                            7.0,
                            "goodput:retransmissions",
                            40,
                            "tcp:RetransSegs",
                            41));
        }
        final LinkLine line = table().links().get(0);
        assertThat(line.kind()).isEqualTo(LinkLine.Kind.GOODPUT);
        assertThat(line.tcp()).isEqualTo("reno 200ms");
        assertThat(line.theory()).isEqualTo("pftk");
        assertThat(line.figure(LinkLine.GOODPUT).median()).isEqualTo(7.0);
        assertThat(line.figure(LinkLine.OVER_THEORY).median()).isEqualTo(1.0);
        assertThat(text()).contains("loss=1%:delay=10ms").contains("7.00 pftk").contains("x1.00");
    }

    @Test
    void shouldLayNoTheoryOverACongestionControlThatNoFormulaDescribes() {
        builder.overLink(
                0,
                "GoodputBenchmark.oneWay",
                params("tcp-nio", "loss=1%:delay=10ms", "bbr"),
                figures("goodput", 60.0, "theory:pftk", 7.0));
        final LinkLine line = table().links().get(0);
        assertThat(line.theory()).isEmpty();
        assertThat(line.figure(LinkLine.OVER_THEORY).isPresent()).isFalse();
    }

    @Test
    void shouldCompareWhatALossAddedWithTheRepairThatComesFirst() {
        builder.overLink(
                0,
                "LossRecoveryBenchmark.offered",
                params("tcp-nio", "loss=1%:delay=1ms", "cubic"),
                figures(
                        "response:p50",
                        2.1e6,
                        "response:p99",
                        2e8,
                        "hit.estimated:share",
                        0.02,
                        "hit.estimated:p50",
                        6e6,
                        "theory:extra.sack",
                        3.0,
                        "theory:extra.rto",
                        200,
                        "ledger:due",
                        1000,
                        "ledger:accepted",
                        1000));
        builder.overLink(
                0,
                "LossRecoveryBenchmark.closed",
                params("tcp-nio", "loss=1%:delay=1ms", "cubic"),
                figures("service:p50", 2.1e6, "hit.estimated:p50", 2e8, "theory:extra.rto", 200));
        final LinkLine open = table().links().get(0);
        assertThat(open.loop()).isEqualTo("open");
        assertThat(open.theory()).isEqualTo("sack");
        assertThat(open.figure(LinkLine.OVER_THEORY).median()).isEqualTo(2.0);
        final LinkLine closed = table().links().get(1);
        assertThat(closed.theory()).isEqualTo("rto");
        assertThat(closed.figure(LinkLine.OVER_THEORY).median()).isEqualTo(1.0);
        assertThat(table().open()).isEmpty();
    }

    @Test
    void shouldOrderImpairmentsByTheirNumbers() {
        assertThat(LinkLines.byNumbers("loss=0.1%:delay=1ms", "loss=1%:delay=1ms"))
                .isNegative();
        assertThat(LinkLines.byNumbers("loss=20%:delay=1ms", "loss=5%:delay=1ms"))
                .isPositive();
        assertThat(LinkLines.byNumbers("loss=1%:delay=1ms", "loss=1%:delay=10ms"))
                .isNegative();
        assertThat(LinkLines.byNumbers("loss=1%", "loss=1%")).isZero();
    }

    @Test
    void shouldShowWhenALinkThatCameBackWasInUseAgain() {
        builder.overLink(
                0,
                "BlackoutBenchmark.offered",
                params("aeron-udp", "delay=1ms", "host"),
                figures(
                        "blackout:first",
                        4.0,
                        "blackout:recovered",
                        55.0,
                        "ledger:due",
                        1000,
                        "ledger:accepted",
                        1000));
        final LinkLine line = table().links().get(0);
        assertThat(line.figure(LinkLine.FIRST).median()).isEqualTo(4e6);
        assertThat(line.figure(LinkLine.RECOVERED).median()).isEqualTo(55e6);
        assertThat(text()).contains("4.00 ms").contains("55.0 ms");
        assertThat(CsvRendering.render(table())).contains("firstDeliveryNs=4000000");
        assertThat(JsonRendering.render(table())).contains("\"recoveredNs\"");
    }

    private RunTable table() {
        return RunTable.of(RunReader.read(builder.write()));
    }

    private String text() {
        return TextRendering.render(table());
    }

    private static Map<String, String> params(final String transport, final String impair, final String congestion) {
        return Map.of(
                "transport",
                transport,
                "messageBytes",
                "256",
                "impair",
                impair,
                "congestion",
                congestion,
                "rtoMin",
                congestion.equals("host") ? "host" : "200ms");
    }

    private static Map<String, Double> figures(final Object... pairs) {
        final Map<String, Double> figures = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            figures.put((String) pairs[i], ((Number) pairs[i + 1]).doubleValue());
        }
        return figures;
    }
}
