package io.fizeau.results.validity;

import io.fizeau.results.run.ForkEntry;
import io.fizeau.results.run.ForkNoise;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.TransportEntry;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@link ValidityRules} say about the machine: noise while a row was measured, and too few processors for it. Stateless. */
final class MachineRules {
    /** Of the time between two readings, what a hypervisor may give to others of any one processor. */
    static final double MAX_STEAL_SHARE = 0.01;
    /** Steal comes in ticks of this length, and a single one may be all but empty. */
    static final double STEAL_TICK_MS = 10;
    /** How much too late a thread may wake that sleeps 1 ms. */
    static final double MAX_HICCUP_MS = 10;
    /** Of the time between two readings, what garbage collection or safepoints may take in either process. */
    static final double MAX_PAUSE_SHARE = 0.01;
    /** A row is too noisy when more than this share of its forks is. */
    static final double NOISY_MAX_SHARE = 0.25;

    private static final String SPIN = "spin";

    private MachineRules() {}

    /**
     * Noise. One noisy fork among others is an episode of the machine, which the rounds are there to absorb, and is only
     * remarked.
     */
    static Stream<Finding> noise(final Run run, final Row row) {
        final boolean isDatagrams = isOverDatagrams(run, row);
        final List<Map<String, Double>> forks = row.okForks().stream()
                .map(ForkResult::noise)
                .filter(noise -> !noise.iterations().isEmpty())
                .map(noise -> tripped(noise, isDatagrams))
                .toList();
        final long noisy = forks.stream().filter(fork -> !fork.isEmpty()).count();
        if (noisy == 0) {
            return Stream.empty();
        }
        final Map<String, Gate> gates = new LinkedHashMap<>();
        forks.forEach(fork -> fork.forEach((text, value) -> gates.merge(text, new Gate(1, value), Gate::plus)));
        final String text = gates.entrySet().stream()
                .map(gate -> String.format(Locale.ROOT, gate.getKey(), gate.getValue().worst) + " in "
                        + gate.getValue().forks + " of " + ValidityRules.forks(forks.size()))
                .collect(Collectors.joining("; "));
        final boolean isRow = noisy > NOISY_MAX_SHARE * forks.size() && (noisy > 1 || forks.size() == 1);
        return Stream.of(new Finding(isRow, "noise: " + text));
    }

    /** The limits that a fork passed, as texts with a place for the greatest value. */
    private static Map<String, Double> tripped(final ForkNoise noise, final boolean isDatagrams) {
        final Map<String, Double> worst = new LinkedHashMap<>();
        noise.iterations().forEach(iteration -> addTripped(worst, iteration, isDatagrams));
        return worst;
    }

    private static void addTripped(
            final Map<String, Double> worst, final ForkNoise.Iteration iteration, final boolean isDatagrams) {
        final double steal = iteration.host().getOrDefault("steal", 0.0);
        if (steal > Math.max(STEAL_TICK_MS, MAX_STEAL_SHARE * iteration.durationMs())) {
            worst.merge("steal up to %.1f %% of a processor's time", 100 * steal / iteration.durationMs(), Math::max);
        }
        if (isDatagrams) {
            final double drops = iteration.host().getOrDefault("udp.drops", 0.0)
                    + iteration.host().getOrDefault("softnet.drops", 0.0);
            if (drops > 0) {
                worst.merge("the host dropped up to %.0f datagrams", drops, Math::max);
            }
        }
        addTripped(worst, "client", iteration.fork(), iteration.durationMs());
        addTripped(worst, "server", iteration.server(), iteration.durationMs());
    }

    private static void addTripped(
            final Map<String, Double> worst,
            final String end,
            final Map<String, Double> figures,
            final double durationMs) {
        final double hiccup = figures.getOrDefault("hiccup.max", 0.0);
        if (hiccup > MAX_HICCUP_MS) {
            worst.merge("a hiccup of up to %.0f ms in the " + end, hiccup, Math::max);
        }
        // A collection stands still at a safepoint as a rule: the two are not added.
        final double pause = Math.max(figures.getOrDefault("gc", 0.0), figures.getOrDefault("safepoint", 0.0));
        if (pause > MAX_PAUSE_SHARE * durationMs) {
            worst.merge(
                    "up to %.1f %% of the time in pauses of the " + end + "'s JVM",
                    100 * pause / durationMs,
                    Math::max);
        }
    }

    /** As the manifest says of the transport; of a hand-written loop, as its name does, whose parts are separated by dashes. */
    private static boolean isOverDatagrams(final Run run, final Row row) {
        final String transport = row.key().param("transport").isEmpty()
                ? row.key().param("loop")
                : row.key().param("transport");
        final Optional<TransportEntry> entry = run.manifest().transport(transport);
        if (entry.isPresent()) {
            return entry.get().datagrams();
        }
        return Arrays.asList(transport.split("[^a-z0-9]+", -1)).contains("udp");
    }

    /**
     * More threads that spin than processors they may use, or two of them on one: one then waits for the other's time slice to
     * end, which takes milliseconds, and the row measures the scheduler.
     */
    static Stream<Finding> spinningThreads(final Run run, final Row row) {
        return row.okForks().stream()
                .map(ForkResult::entry)
                .flatMap(MachineRules::spinningThreads)
                .distinct();
    }

    private static Stream<Finding> spinningThreads(final ForkEntry fork) {
        final Map<String, String> notes = fork.notes();
        final Map<String, Integer> spinning = new LinkedHashMap<>();
        if (SPIN.equals(notes.get("clientWaits"))) {
            final int threads = Math.max(1, number(notes.get("clientThreads")));
            spinning.put(threads == 1 ? "the measuring one" : threads + " measuring ones", threads);
        }
        final int receivers = number(notes.get("clientReceivers"));
        if (receivers > 0 && SPIN.equals(notes.get("clientReceiversWait"))) {
            spinning.put(receivers == 1 ? "the receiving one" : receivers + " receiving ones", receivers);
        }
        if (SPIN.equals(notes.get("clientTransportWaits"))) {
            spinning.put("the client transport's own", 1);
        }
        // A server that was started elsewhere notes nothing here, and may be on another host.
        if (SPIN.equals(notes.get("serverWaits"))) {
            spinning.put(
                    "own".equals(notes.get("serverDriving")) ? "the server transport's own" : "the serving one", 1);
        }
        addDriver(spinning, "client", notes);
        addDriver(spinning, "server", notes);
        final int count = spinning.values().stream().mapToInt(Integer::intValue).sum();
        final int processors = processors(notes.getOrDefault("allowedCpus", ""));
        if (processors > 0 && count > processors) {
            return Stream.of(
                    Finding.invalid(count + " threads spin (" + String.join(", ", spinning.keySet()) + ") and only "
                            + (processors == 1 ? "1 processor is" : processors + " processors are") + " allowed"));
        }
        final Stream<Finding> uncounted = notes.containsKey("clientDriver") || notes.containsKey("serverDriver")
                ? Stream.of(new Finding(
                        false,
                        "the media driver is a process of its own: its threads are not counted among those that spin"))
                : Stream.empty();
        final String client = notes.getOrDefault("clientCpu", "");
        final boolean isShared = client.matches("\\d+") && client.equals(notes.get("serverCpu"));
        return isShared && SPIN.equals(notes.get("clientWaits")) && SPIN.equals(notes.get("serverWaits"))
                ? Stream.of(Finding.invalid("the measuring and the serving thread both spin on processor " + client))
                : uncounted;
    }

    /** The threads of an embedded media driver, beside those of the transport's node. */
    private static void addDriver(
            final Map<String, Integer> spinning, final String end, final Map<String, String> notes) {
        final int threads = number(notes.get(end + "DriverSpins"));
        if (threads > 0) {
            spinning.put(threads + " of the " + end + "'s media driver", threads);
        }
    }

    /** What a note of a count says; 0 if there is none. */
    private static int number(final @Nullable String note) {
        return note == null || !note.matches("\\d{1,5}") ? 0 : Integer.parseInt(note);
    }

    /** How many there are in a list such as {@code 0-3,8}; 0 if it is no such list. */
    private static int processors(final String list) {
        if (!list.matches("\\d{1,5}(-\\d{1,5})?(,\\d{1,5}(-\\d{1,5})?)*")) {
            return 0;
        }
        int count = 0;
        for (final String range : list.split(",", -1)) {
            final String[] ends = range.split("-", -1);
            count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
        }
        return count;
    }

    /**
     * How often a limit was passed.
     *
     * @param forks in how many forks.
     * @param worst the greatest value.
     */
    private record Gate(int forks, double worst) {
        Gate plus(final Gate other) {
            return new Gate(forks + other.forks, Math.max(worst, other.worst));
        }
    }
}
