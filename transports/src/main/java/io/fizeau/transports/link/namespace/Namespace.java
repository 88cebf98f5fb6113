package io.fizeau.transports.link.namespace;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.Availability;
import io.fizeau.transports.link.command.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Starts commands in a new network namespace, in which only the loopback is there and up. As an ordinary user it is made within a
 * new user namespace. Thread-safe.
 *
 * <p>Nothing outlives the process that starts it, also when that is killed: {@code setpriv --pdeathsig KILL} has the kernel end
 * {@code unshare} with it, {@code unshare --kill-child} has it end the command, and the command is the first process of a process
 * namespace, with which the kernel ends whatever it started. With its last process the network namespace and its devices go. In
 * {@code /dev/shm} it sees shared memory of its own, which goes too.
 */
public final class Namespace {
    /** The network namespace outside, for a process inside to see that it is not in it. */
    static final String OUTSIDE = "FIZEAU_NETWORK_OUTSIDE";

    private static final Path OWN = Path.of("/proc/self/ns/net");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int CAP_NET_ADMIN = 12;
    private static final int CAP_SYS_ADMIN = 21;
    /**
     * Files that are named after processes, whose numbers begin anew inside, are apart: else drivers of Aeron outside and inside would
     * take each other for dead, and JVMs would complain of each other's performance data.
     */
    private static final String SET_UP = "mount -t tmpfs -o mode=1777 fizeau /dev/shm"
            + " && { perf=/tmp/hsperfdata_$(id -un); [ -d \"$perf\" ]"
            + " && mount -t tmpfs -o mode=755 fizeau \"$perf\"; } 2>/dev/null; ip link set lo up && exec \"$@\"";

    private Namespace() {}

    /**
     * Whether a namespace can be made, tried out.
     *
     * @return that it can, or why not and what would help.
     */
    public static Availability availability() {
        for (final String program : List.of("setpriv", "unshare", "ip")) {
            if (Command.find(program).isEmpty()) {
                return Availability.no(program + " is not installed: apt-get install "
                        + (program.equals("ip") ? "iproute2" : "util-linux"));
            }
        }
        return probe(List.of("true"), "")
                .map(complaint -> Availability.no(explain(complaint)))
                .orElse(Availability.yes());
    }

    /**
     * Runs a command in a namespace that is gone afterwards.
     *
     * @param command the command.
     * @param input what it reads from its standard input.
     * @return its complaint; empty if it succeeded.
     */
    public static Optional<String> probe(final List<String> command, final String input) {
        try {
            final Command.Result result = Command.run(prefixed(command), input);
            return result.isOk() ? Optional.empty() : Optional.of(result.complaint());
        } catch (final TransportException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Whether this process runs in a namespace that {@link #start} made.
     *
     * @return true if its network is not the one outside.
     */
    public static boolean isInside() {
        final String outside = System.getenv(OUTSIDE);
        return outside != null && !outside.isEmpty() && !outside.equals(own());
    }

    /**
     * Checks that what changes the network is inside.
     *
     * @param what what wants to change it.
     * @throws TransportException if this process is not in a namespace that {@link #start} made.
     */
    public static void requireInside(final String what) {
        if (!isInside()) {
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    what + " may be opened only in a network namespace of the run's own, and this process is in none");
        }
    }

    /**
     * Starts a command in a new namespace.
     *
     * @param builder the command with its streams, directory and environment, to which this adds.
     * @return the process. To let it end in its own way use {@link #end}; killing it ends everything inside at once.
     * @throws TransportException if it cannot be started.
     */
    public static Process start(final ProcessBuilder builder) {
        final Map<String, String> environment = builder.environment();
        environment.put(OUTSIDE, own());
        builder.command(prefixed(builder.command()));
        final CompletableFuture<Process> started = new CompletableFuture<>();
        // The kernel ends it with the thread that started it, so that thread has to last as long as the process.
        final Thread keeper = new Thread(() -> keep(builder, started), "fizeau-namespace");
        keeper.setDaemon(true);
        keeper.start();
        try {
            return started.join();
        } catch (final CompletionException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "no namespace can be started: " + e.getMessage(), e);
        }
    }

    /**
     * Asks the command in a namespace to end, as with Ctrl-C's elder brother SIGTERM, and ends it if it does not.
     *
     * @param process what {@link #start} returned.
     * @param patience how long it may take.
     */
    public static void end(final Process process, final Duration patience) {
        // The starter itself holds signals back; the command is its only child.
        process.children().forEach(ProcessHandle::destroy);
        try {
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private static void keep(final ProcessBuilder builder, final CompletableFuture<Process> started) {
        try {
            final Process process = builder.start();
            started.complete(process);
            process.waitFor();
        } catch (final IOException e) {
            started.completeExceptionally(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> prefixed(final List<String> command) {
        final List<String> words = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "unshare"));
        if (!mayAdministrate()) {
            words.addAll(List.of("--user", "--map-root-user"));
        }
        words.addAll(List.of("--net", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", SET_UP, "sh"));
        words.addAll(command);
        return words;
    }

    /** Whether this process may make namespaces and devices as it is. */
    public static boolean mayAdministrate() {
        try (var lines = Files.lines(STATUS)) {
            final long capabilities = lines.filter(line -> line.startsWith("CapEff:"))
                    .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .findFirst()
                    .orElse(0);
            return (capabilities >>> CAP_SYS_ADMIN & capabilities >>> CAP_NET_ADMIN & 1) != 0;
        } catch (final IOException | NumberFormatException e) {
            return false;
        }
    }

    private static String own() {
        try {
            return Files.readSymbolicLink(OWN).toString();
        } catch (final IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static String explain(final String complaint) {
        if (complaint.startsWith("unshare:") && !mayAdministrate()) {
            return "user namespaces are off (" + complaint
                    + "): run as root, or sysctl -w user.max_user_namespaces=10000 kernel.unprivileged_userns_clone=1"
                    + " kernel.apparmor_restrict_unprivileged_userns=0";
        }
        return "no network namespace can be made (" + complaint
                + "): run as root, in a container with --privileged or --cap-add=SYS_ADMIN,NET_ADMIN";
    }
}
