package io.fizeau.results.cli;

import io.fizeau.results.run.ResultsException;
import io.fizeau.results.store.CsvExport;
import io.fizeau.results.store.ExportReport;
import io.fizeau.results.store.ParquetStore;
import io.fizeau.results.store.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what many runs measured into tables. */
@Command(
        name = "export",
        description = "Writes what many runs measured into tables: CSV, or Parquet that 'fizeau query' reads.",
        footer = {"", "Exit status: 0; 2 if the tables lack a run that could not be read."},
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private ManyRuns runs = new ManyRuns();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "${sys:fizeau.home:-.}/results/store",
            description = "where the tables go (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("results", "store");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Format format = Format.PARQUET;

    @Option(names = "--prune", description = "take runs out of the Parquet whose folder is gone; otherwise they stay")
    private boolean isPruned;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        final List<Path> locations = runs.locations();
        final Progress progress = Sayings.progress(spec.commandLine().getErr());
        final ExportReport report = switch (format) {
            case CSV -> CsvExport.write(locations, out, progress);
            case PARQUET -> ParquetStore.update(locations, out, isPruned, progress);
        };
        return told(report, locations.size());
    }

    private int told(final ExportReport report, final int asked) {
        final PrintWriter err = spec.commandLine().getErr();
        Sayings.problems(err, report.problems());
        Sayings.notices(err, report.notices());
        if (report.read() + report.unchanged() == 0) {
            throw new ResultsException(out + ": nothing written, for none of " + asked + " could be read");
        }
        final PrintWriter stdout = spec.commandLine().getOut();
        stdout.println(out + ": " + report.read() + (report.read() == 1 ? " run read" : " runs read")
                + (report.unchanged() > 0 ? ", " + report.unchanged() + " unchanged" : "")
                + (report.removed() > 0 ? ", " + report.removed() + " removed" : "")
                + (report.problems().isEmpty() ? "" : ", " + report.problems().size() + " left out"));
        stdout.flush();
        return report.problems().isEmpty() ? 0 : ResultsCommand.BAD_INPUT;
    }

    /** The forms of the tables. */
    enum Format {
        /** For a notebook. */
        CSV,
        /** For 'fizeau query', and for whatever else reads Parquet: only what is new is read. */
        PARQUET
    }
}
