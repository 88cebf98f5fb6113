package io.fizeau.bench.link;

import io.fizeau.core.error.TransportException;
import io.fizeau.transports.link.namespace.Namespace;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts this program once more, with the same arguments, in a network namespace of its own. Stateless. */
public final class OwnNamespace {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private OwnNamespace() {}

    /**
     * Runs this program in a namespace, on the same terminal, and waits for its end. Nothing of it outlives this process.
     *
     * @param main its main class.
     * @param arguments what it is given.
     * @return its exit status.
     * @throws TransportException if it cannot be started.
     */
    public static int run(final Class<?> main, final List<String> arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        final Process process = Namespace.start(new ProcessBuilder(command).inheritIO());
        final Thread ending = new Thread(() -> Namespace.end(process, PATIENCE), "fizeau-namespace-end");
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            final int status = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(ending);
            return status;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(TransportException.NextStep.STOP, "interrupted", e);
        } catch (final IllegalStateException ignored) {
            // This process is ending too, and the hook has nothing left to end.
            return process.exitValue();
        }
    }
}
