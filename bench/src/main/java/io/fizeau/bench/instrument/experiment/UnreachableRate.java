package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.instrument.Experiment;
import io.fizeau.bench.instrument.ForkResults;
import io.fizeau.bench.instrument.ForkSeries;
import io.fizeau.bench.instrument.Laboratory;
import io.fizeau.bench.instrument.Outcome;
import io.fizeau.bench.instrument.ResultsTable;
import io.fizeau.bench.plan.Row;
import java.time.Duration;
import java.util.List;

/**
 * Messages fall due twice as often as the server can answer them. The table must call the row invalid, say why, and claim no latency:
 * there is none, the queue grows for as long as one looks. Messages are long, so that the kernel's buffers do not hide it.
 */
final class UnreachableRate implements Experiment {
    private static final String NAMED = "rate was not reached";

    @Override
    public String name() {
        return "unreachable";
    }

    @Override
    public String description() {
        return "2 000/s offered to a server that can do 1 000/s";
    }

    @Override
    public Duration plannedTime() {
        return Duration.ofSeconds(10);
    }

    @Override
    public List<Outcome> run(final Laboratory laboratory) {
        final Row row = ForkSeries.open(
                Measuring.TRANSPORT,
                "messageBytes",
                "16384",
                "rate",
                "2000",
                "service",
                "constant:1ms",
                "deadline",
                "200ms");
        final ForkResults results =
                laboratory.run(ForkSeries.once(name(), row, Duration.ofSeconds(1), Duration.ofSeconds(4)));
        final ResultsTable table = laboratory.results(results.folder());
        final String counts = results.first(row).ledger("accepted") + " of "
                + results.first(row).ledger("due") + " accepted";
        return List.of(
                TableAnswers.invalid(name(), table, NAMED, counts),
                table == null
                        ? TableAnswers.noTable(name(), "latency claimed")
                        : Outcome.answer(
                                name(),
                                "latency claimed",
                                "none",
                                table.claimsLatency() ? "some" : "none",
                                !table.claimsLatency(),
                                counts));
    }
}
