package io.fizeau.bench.pin;

import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * On which processors the measuring thread and the serving thread run.
 *
 * @param client the measuring thread's, or empty if it is not pinned.
 * @param server the serving thread's, or empty if it is not pinned.
 */
public record CpuPlacement(OptionalInt client, OptionalInt server) {
    /** What a user writes for a choice by the machine. */
    public static final String AUTO = "auto";

    /** What a user writes for no pinning. */
    public static final String NONE = "none";

    /**
     * Chooses, among the allowed processors, two of different cores; not the first one where there are enough, because it has the
     * most interrupts. With a single processor nothing is pinned.
     *
     * @param clientCpu {@value #AUTO}, {@value #NONE} or a processor's number.
     * @param serverCpu the same for the server.
     * @param allowed what this process may use.
     * @return the placement.
     * @throws TransportException if a number is none, or is not allowed.
     */
    public static CpuPlacement choose(final String clientCpu, final String serverCpu, final CpuSet allowed) {
        final List<Integer> cores = oneOfEachCore(allowed);
        final int first = cores.size() > 2 ? 1 : 0;
        final OptionalInt autoClient = cores.size() > 1 ? OptionalInt.of(cores.get(first)) : OptionalInt.empty();
        final OptionalInt autoServer = cores.size() > 1 ? OptionalInt.of(cores.get(first + 1)) : OptionalInt.empty();
        final OptionalInt givenClient = given("clientCpu", clientCpu, autoClient, allowed);
        final OptionalInt givenServer = given("serverCpu", serverCpu, autoServer, allowed);
        final boolean collides = givenClient.isPresent() && givenClient.equals(givenServer);
        if (collides && serverCpu.equals(AUTO)) {
            return new CpuPlacement(givenClient, autoClient);
        }
        if (collides && clientCpu.equals(AUTO)) {
            return new CpuPlacement(autoServer, givenServer);
        }
        return new CpuPlacement(givenClient, givenServer);
    }

    /**
     * What a choice comes to.
     *
     * @param cpu a processor, or empty.
     * @return its number, or {@value #NONE}.
     */
    public static String text(final OptionalInt cpu) {
        return cpu.isPresent() ? Integer.toString(cpu.getAsInt()) : NONE;
    }

    private static OptionalInt given(
            final String name, final String text, final OptionalInt auto, final CpuSet allowed) {
        if (text.equals(AUTO)) {
            return auto;
        }
        if (text.equals(NONE)) {
            return OptionalInt.empty();
        }
        try {
            final int cpu = Integer.parseInt(text);
            if (allowed.contains(cpu)) {
                return OptionalInt.of(cpu);
            }
            throw TransportException.badRequest(
                    name + "=" + text + " is not among the processors this process may use: " + allowed);
        } catch (final NumberFormatException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    name + "=" + text + " must be auto, none or a processor's number",
                    e);
        }
    }

    private static List<Integer> oneOfEachCore(final CpuSet allowed) {
        final List<Integer> chosen = new ArrayList<>();
        final Set<CpuSet> cores = new HashSet<>();
        for (final int cpu : allowed.toArray()) {
            if (cores.add(siblings(cpu))) {
                chosen.add(cpu);
            }
        }
        return chosen;
    }

    private static CpuSet siblings(final int cpu) {
        try {
            return CpuSet.parse(
                    Files.readString(Path.of("/sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list")));
        } catch (final IOException | IllegalArgumentException e) {
            // Where the system does not tell, each processor counts as a core.
            return CpuSet.of(cpu);
        }
    }
}
