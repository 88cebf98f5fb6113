package io.fizeau.results.report;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.curve.HistogramLogFixture;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** Run folders that have something of everything a report shows, for tests. */
final class ReportFixture {
    /** A label that would end the script element, and the element that it stands in. */
    static final String HOSTILE = "x</script><img src=x onerror=\"document.title='broken'\"><!--";

    private static final int MESSAGES = 20_000;
    private static final int ROUNDS = 6;

    private ReportFixture() {}

    /**
     * Round trips with logs, an open loop at three rates, goodput with theory, a fork that failed. Times are multiplied by the factor, which
     * is also the minute of the start.
     */
    static Run everything(final Path folder, final double factor) throws IOException {
        final RunFolderBuilder builder = new RunFolderBuilder(folder)
                .transport("tcp-nio", "spinning", "reliable")
                .transport("aeron-udp", "spinning", "reliable")
                .transport("tcp-nio?wait=select", "blocking", "reliable");
        builder.manifest().put("label", HOSTILE).put("startedAt", "2026-01-02T03:0" + (int) factor + ":00Z");
        int fork = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (final String spec : new String[] {"tcp-nio", "aeron-udp"}) {
                builder.closed(round, spec, 8_000 * factor);
                HistogramLogFixture.write(
                        folder, fork, "service", RunFolderBuilder.CLOSED, latencies(fork, 8_000 * factor));
                fork++;
            }
        }
        for (final String rate : new String[] {"1k", "10k", "100k"}) {
            builder.openLoop(0, "tcp-nio", rate, 1_000, 1_000, 0, 9_000, 20_000);
        }
        for (final String loss : new String[] {"0.1%", "1%"}) {
            builder.overLink(
                    0,
                    "GoodputBenchmark.oneWay",
                    Map.of("transport", "tcp-nio", "impair", "loss=" + loss + ":delay=5ms", "messageBytes", "1024"),
                    Map.of("goodput", loss.equals("1%") ? 7.1 : 22.4, "theory:mathis", 10.0, "theory:pftk", 9.0));
        }
        builder.failed(0, RunFolderBuilder.CLOSED, "tcp-nio?wait=select", "no answer within 5000 ms");
        builder.rounds(ROUNDS, ROUNDS).write();
        return RunReader.read(folder);
    }

    /** A long tail, from a seed. */
    static long[] latencies(final long seed, final double medianNs) {
        final Random random = new Random(seed);
        final long[] values = new long[MESSAGES];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    Math.round(medianNs * Math.exp(0.3 * Math.abs(random.nextGaussian())) / random.nextDouble(0.05, 1));
        }
        return values;
    }
}
