package io.fizeau.bench.cli;

import io.fizeau.bench.plugin.Plugins;
import io.fizeau.core.registry.Transports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that names a transport. Written by picocli. */
final class TransportOptions {
    @Option(
            names = "--plugin",
            paramLabel = "JAR",
            description = "a jar with transports or layers of your own; may be given more than once")
    private List<Path> plugins = new ArrayList<>();

    @Option(names = "--debug", description = "show where an error comes from")
    private boolean debug;

    Transports transports() {
        return Plugins.install(plugins);
    }

    List<Path> plugins() {
        return List.copyOf(plugins);
    }

    boolean isDebug() {
        return debug;
    }
}
