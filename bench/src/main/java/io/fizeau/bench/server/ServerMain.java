package io.fizeau.bench.server;

import io.fizeau.bench.pin.CpuAffinity;
import io.fizeau.bench.pin.CpuPlacement;
import io.fizeau.bench.pin.CpuSet;
import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Idle;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The main class of the server process that a benchmark starts. It serves until its standard input ends, which is when the parent
 * closes it or dies in whatever way, or until it is told to end by a signal.
 */
public final class ServerMain {
    private static final int BAD_REQUEST = 2;
    private static final long STOP_MS = TimeUnit.SECONDS.toMillis(3);

    private ServerMain() {}

    /**
     * Serves one transport.
     *
     * @param args the spec string, the address to bind ({@code auto} for a free one on this host), the serving thread's
     *     processor or {@code none}, the allowed processors, the waiting, the service time.
     */
    public static void main(final String[] args) {
        run(() -> {
            final ConfiguredTransport transport = Transports.installed().resolve(args[0]);
            final Address bind =
                    args[1].equals(CpuPlacement.AUTO) ? transport.loopbackAddress() : Address.parse(args[1]);
            return ServerThread.start(transport, bind, settings(args[2], args[3], args[4], args[5]));
        });
    }

    /**
     * Runs a server as a child does: tells the parent where it listens, answers it, and ends the process when the parent is gone.
     * Does not return.
     *
     * @param start starts the server.
     */
    public static void run(final Supplier<Server> start) {
        final PrintStream line = System.out;
        // Whatever a transport prints must not be taken for an answer.
        System.setOut(System.err);
        try {
            final Server server = start.get();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "fizeau-stop"));
            ControlLine.serve(server, System.in, line);
        } catch (final TransportException e) {
            ControlLine.fail(line, String.valueOf(e.getMessage()));
            System.exit(BAD_REQUEST);
        } catch (final IOException e) {
            // The line is broken, so the parent is gone.
            System.err.println("the line to the benchmark broke: " + e.getMessage());
        }
        haltUnlessStopped();
        System.exit(0);
    }

    static List<String> arguments(final String spec, final String bind, final ServerSettings settings) {
        final List<String> arguments = new ArrayList<>(List.of(spec, bind));
        arguments.addAll(arguments(settings));
        return arguments;
    }

    /**
     * How to run, for a command line.
     *
     * @param settings the settings.
     * @return the arguments of {@link #settings}.
     */
    public static List<String> arguments(final ServerSettings settings) {
        return List.of(
                CpuPlacement.text(settings.cpu()),
                settings.allowed().toString(),
                settings.idle().name(),
                settings.service());
    }

    /**
     * How to run, from a command line. Undoes for the calling thread, and so for all that it starts, the pinning that this process
     * inherited.
     *
     * @param cpu the serving thread's processor, or {@code none}.
     * @param allowedText the allowed processors.
     * @param idle the waiting.
     * @param service the service time.
     * @return the settings.
     */
    public static ServerSettings settings(
            final String cpu, final String allowedText, final String idle, final String service) {
        final CpuSet allowed = CpuSet.parse(allowedText);
        // The process was started by a thread that may have been pinned: what starts from here on is not.
        final String trouble = CpuAffinity.set(allowed);
        if (!trouble.isEmpty()) {
            System.err.println("the server's threads run where they may: " + trouble);
        }
        final OptionalInt pinned =
                cpu.equals(CpuPlacement.NONE) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(cpu));
        return new ServerSettings(pinned, allowed, Idle.valueOf(idle), service);
    }

    /** A transport whose close hangs must not leave an orphan behind. */
    private static void haltUnlessStopped() {
        final Thread watchdog = new Thread(
                () -> {
                    try {
                        TimeUnit.MILLISECONDS.sleep(STOP_MS);
                    } catch (final InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(1);
                },
                "fizeau-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }
}
