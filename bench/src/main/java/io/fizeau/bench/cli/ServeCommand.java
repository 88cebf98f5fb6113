package io.fizeau.bench.cli;

import io.fizeau.bench.pin.CpuAffinity;
import io.fizeau.bench.pin.CpuPlacement;
import io.fizeau.bench.pin.CpuSet;
import io.fizeau.bench.runfolder.BuildFacts;
import io.fizeau.bench.runfolder.FarManifest;
import io.fizeau.bench.server.ServerSettings;
import io.fizeau.bench.server.ServerThread;
import io.fizeau.bench.settings.LaunchSettings;
import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.transport.Guarantee;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The server end, for a client elsewhere. */
@Command(
        name = "serve",
        description = "Runs the server for a client elsewhere: fizeau run --server ADDRESS --transports SPEC.",
        footer =
                "Listens on this host only unless --bind says otherwise: whoever reaches the address can use the server.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofDays(30);

    private final PrintStream out;
    private final Path home;

    @Option(
            names = "--transport",
            required = true,
            paramLabel = "SPEC",
            description = "the transport, the same as the client's")
    private String spec = "";

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "such as 192.0.2.1:4000; default: a free one on this host only")
    private @Nullable String bind;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "such as 90s, 10m or 2h; default: until it is interrupted")
    private @Nullable String time;

    @Option(
            names = "--cpu",
            defaultValue = CpuPlacement.AUTO,
            paramLabel = "N",
            description = "the serving thread's processor: auto, none or a number; default: ${DEFAULT-VALUE}")
    private String cpu = CpuPlacement.AUTO;

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description =
                    "write what is to be known of this host and JVM, for 'fizeau run --far-manifest' at the client")
    private @Nullable Path manifest;

    @Mixin
    private TransportOptions options = new TransportOptions();

    ServeCommand(final LaunchSettings settings) {
        this.out = settings.terminal().out();
        this.home = settings.home();
    }

    @Override
    public Integer call() throws InterruptedException {
        final Duration duration = time == null ? LONGEST : TimeText.parse("--for", time, LONGEST);
        final ConfiguredTransport transport = options.transports().resolve(spec);
        if (!transport.guarantees().has(Guarantee.CROSSES_PROCESSES)) {
            throw TransportException.badRequest(
                    "--transport " + spec + " does not leave its process: it cannot be served");
        }
        final Address address = bind == null ? transport.loopbackAddress() : Address.parse(bind);
        if (manifest != null) {
            FarManifest.write(manifest, spec, BuildFacts.read(home));
        }
        final CpuSet allowed = CpuAffinity.allowed();
        final CpuPlacement placement = CpuPlacement.choose(CpuPlacement.NONE, cpu, allowed);
        final CountDownLatch told = new CountDownLatch(1);
        final CountDownLatch closed = new CountDownLatch(1);
        final ErrorLines errors = new ErrorLines(System.err, System::nanoTime);
        try (ServerThread server = ServerThread.start(
                transport,
                address,
                ServerSettings.measuring(
                        placement.server(), allowed, transport.settings().get(CommonOptions.SENDS)),
                errors)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(told, closed), "fizeau-stop"));
            out.println("Serving " + spec + " at " + server.address().text()
                    + (placement.server().isPresent()
                            ? " on processor " + placement.server().getAsInt()
                            : "")
                    + ", stop with Ctrl-C.");
            out.println(
                    transport.guarantees().has(Guarantee.KEEPS_BOUNDARIES)
                            ? "Client: fizeau run --transports '" + spec + "' --server '"
                                    + server.address().text() + '\''
                            : "Client: any program that connects there; whatever it sends comes back.");
            out.flush();
            final boolean isToldToStop = told.await(duration.toMillis(), TimeUnit.MILLISECONDS);
            if (!isToldToStop) {
                out.println("Stopped after " + time);
            }
        } finally {
            errors.end();
            closed.countDown();
        }
        return FizeauCommand.OK;
    }

    /** Holds the process until the server has freed its ports and memory. */
    private static void stop(final CountDownLatch told, final CountDownLatch closed) {
        told.countDown();
        try {
            final boolean isClosed = closed.await(5, TimeUnit.SECONDS);
            assert isClosed;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
