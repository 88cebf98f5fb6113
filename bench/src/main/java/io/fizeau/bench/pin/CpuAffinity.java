package io.fizeau.bench.pin;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pins the calling thread. A thread started by a pinned one, and a process too, inherits its pinning; the JVM's own threads
 * do not, because others start them. Thread-safe; never throws: where something cannot be had, the reason is returned.
 */
public final class CpuAffinity {
    private static final int MASK_BITS = 1024;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private CpuAffinity() {}

    /**
     * The processors that this process may use. Pinning a thread does not change it, because the kernel tells it of the thread
     * that started the JVM, which does no work.
     *
     * @return the set; where the system does not tell, as many as Java counts.
     */
    public static CpuSet allowed() {
        try {
            if (Files.isReadable(STATUS)) {
                for (final String line : Files.readAllLines(STATUS)) {
                    if (line.startsWith(ALLOWED)) {
                        return CpuSet.parse(line.substring(ALLOWED.length()));
                    }
                }
            }
        } catch (final IOException | IllegalArgumentException e) {
            // Falls through: a system that tells it otherwise, or not at all.
            return counted();
        }
        return counted();
    }

    /**
     * Lets the calling thread run on these processors only.
     *
     * @param cpus at least one.
     * @return an empty string if it does from now on, else why not.
     */
    public static String set(final CpuSet cpus) {
        if (!Platform.isLinux()) {
            return "threads can be pinned on Linux only";
        }
        final long[] mask = new long[MASK_BITS / Long.SIZE];
        for (final int cpu : cpus.toArray()) {
            if (cpu < 0 || cpu >= MASK_BITS) {
                return "processor " + cpu + " is beyond " + (MASK_BITS - 1);
            }
            mask[cpu / Long.SIZE] |= 1L << (cpu % Long.SIZE);
        }
        try {
            SchedulerCalls.sched_setaffinity(0, new NativeLong((long) mask.length * Long.BYTES), mask);
            return "";
        } catch (final LastErrorException e) {
            return "sched_setaffinity(" + cpus + ") failed with error " + e.getErrorCode();
        } catch (final LinkageError e) {
            return "native calls do not work here: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
    }

    private static CpuSet counted() {
        final int[] all = new int[Runtime.getRuntime().availableProcessors()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        return CpuSet.of(all);
    }
}
