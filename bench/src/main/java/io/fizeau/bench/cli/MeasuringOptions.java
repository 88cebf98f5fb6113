package io.fizeau.bench.cli;

import io.fizeau.bench.plan.ServerPlace;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What whatever measures has to know beside the rows: where the server is, where the folder goes, and what is left out. Written by picocli. */
final class MeasuringOptions {
    @Option(
            names = "--server",
            defaultValue = "process",
            paramLabel = "WHERE",
            description =
                    "process, thread, or host:port of a server started there with 'fizeau serve'; default: ${DEFAULT-VALUE}")
    private String server = "process";

    @Option(names = "--out", paramLabel = "DIR", description = "where run folders go; default: results/runs")
    private @Nullable Path out;

    @Option(
            names = "--skip-kit",
            description = "do not run the conformance kit on transports that it has no verdict on yet")
    private boolean skipKit;

    @Mixin
    private RedactOption redactOption = new RedactOption();

    @Mixin
    private TransportOptions transportOptions = new TransportOptions();

    ServerPlace server() {
        return new ServerPlace(server);
    }

    /** Where run folders go. */
    Path out(final Path otherwise) {
        return out == null ? otherwise : out;
    }

    boolean skipsKit() {
        return skipKit;
    }

    RedactOption redact() {
        return redactOption;
    }

    TransportOptions transports() {
        return transportOptions;
    }
}
