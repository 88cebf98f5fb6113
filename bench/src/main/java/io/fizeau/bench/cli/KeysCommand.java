package io.fizeau.bench.cli;

import io.fizeau.bench.settings.LaunchSettings;
import io.fizeau.transports.keys.KeyFolder;
import io.fizeau.transports.keys.KeyMaker;
import io.fizeau.transports.keys.KeyRequest;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the keys that TLS and sealed messages need. */
@Command(
        name = "keys",
        description = "Makes a folder of keys, for TLS and for sealed messages; only its owner can read it.",
        footer = {
            "Whoever has the folder is trusted: copy it to the other host by a way that nobody else reads,",
            "for example: scp -pr DIR OTHER:DIR. Or make keys on both, and put the other's certificate.pem",
            "into this folder as peers.pem (sealed messages need the same pre-shared.key all the same)."
        },
        mixinStandardHelpOptions = true)
final class KeysCommand implements Callable<Integer> {
    private final PrintStream out;

    @Option(names = "--dir", paramLabel = "DIR", description = "where; default: ~/.fizeau/keys")
    private @Nullable Path directory;

    @Option(
            names = "--host",
            split = ",",
            paramLabel = "NAME,...",
            description = "names or addresses for the certificate beside localhost; only other programs look at them")
    private List<String> hosts = List.of();

    @Option(
            names = "--days",
            defaultValue = "" + KeyRequest.DEFAULT_DAYS,
            paramLabel = "N",
            description = "how long the certificate is valid; default: ${DEFAULT-VALUE}")
    private int days;

    KeysCommand(final LaunchSettings settings) {
        this.out = settings.terminal().out();
    }

    @Override
    public Integer call() {
        final KeyFolder keys =
                KeyMaker.make(directory == null ? KeyFolder.defaultPlace() : directory, new KeyRequest(hosts, 0, days));
        out.println("Made keys in " + keys.path() + ", valid for " + days + (days == 1 ? " day." : " days."));
        out.println(
                directory == null
                        ? "Transports and layers find them by themselves."
                        : "To use them, add keys=" + keys.path() + " to the spec, as in 'tls-nio?keys=" + keys.path()
                                + "'.");
        out.flush();
        return FizeauCommand.OK;
    }
}
