package io.fizeau.core.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What memory this process holds, in two parts that do not overlap: live objects on the Java heap, and what is resident outside of it
 * (thread stacks, direct buffers, the JVM's and native libraries' own). What the kernel keeps for a process, such as socket buffers, is
 * in neither. Immutable.
 *
 * @param heapBytes live objects, in bytes.
 * @param outsideBytes resident outside the heap, in bytes; empty where the kernel or the JVM does not tell.
 */
public record ProcessMemory(long heapBytes, OptionalLong outsideBytes) {
    private static final int MOST_COLLECTIONS = 12;
    private static final int STEADY_COLLECTIONS = 3;
    private static final long CLEANING_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long STEADY_BYTES = 64 << 10;
    private static final int HEX = 16;
    private static final long KIB = 1024;
    private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]{8,16})\\b");
    private static final Pattern MAPPING = Pattern.compile("^([0-9a-f]+)-([0-9a-f]+) .*");
    private static final Pattern RESIDENT = Pattern.compile("^Rss:\\s+(\\d+) kB");

    /**
     * Collects garbage until that frees next to nothing, because what only cleared references held goes with a later collection, and
     * reads. Takes a tenth of a second, more with many threads.
     *
     * @return what is held now.
     */
    public static ProcessMemory afterCollection() {
        final MemoryMXBean bean = ManagementFactory.getMemoryMXBean();
        final String heapInfo = DiagnosticCommands.run("gcHeapInfo");
        long heapBytes = Long.MAX_VALUE;
        int steady = 0;
        for (int i = 0; i < MOST_COLLECTIONS && steady < STEADY_COLLECTIONS; i++) {
            System.gc();
            // What holds on to the rest by a phantom reference lets go of it on a thread of its own.
            LockSupport.parkNanos(CLEANING_NS);
            final long before = heapBytes;
            heapBytes = bean.getHeapMemoryUsage().getUsed();
            steady = before - heapBytes > STEADY_BYTES ? 0 : steady + 1;
        }
        // What was freed goes back to the kernel, or it would stay resident; a JVM without the command leaves that.
        DiagnosticCommands.run("systemTrimNativeHeap");
        return new ProcessMemory(heapBytes, outside(HostFiles.ofThisHost().text("/proc/self/smaps"), heapInfo));
    }

    /**
     * What is resident outside the heap.
     *
     * @param smaps as in {@code /proc/self/smaps}, see proc(5).
     * @param heapInfo as {@code jcmd PID GC.heap_info} has it: between the lowest and the highest address in it is the heap.
     */
    static OptionalLong outside(final String smaps, final String heapInfo) {
        long low = Long.MAX_VALUE;
        long high = 0;
        final Matcher addresses = ADDRESS.matcher(heapInfo);
        while (addresses.find()) {
            final long address = Long.parseUnsignedLong(addresses.group(1), HEX);
            low = Math.min(low, address);
            high = Math.max(high, address);
        }
        if (high == 0 || !HostFiles.isKnown(smaps)) {
            return OptionalLong.empty();
        }
        long bytes = 0;
        boolean isHeap = false;
        try (BufferedReader lines = new BufferedReader(new StringReader(smaps))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final Matcher mapping = MAPPING.matcher(line);
                final Matcher resident = RESIDENT.matcher(line);
                if (mapping.matches()) {
                    final long from = Long.parseUnsignedLong(mapping.group(1), HEX);
                    isHeap = Long.compareUnsigned(from, low) >= 0 && Long.compareUnsigned(from, high) < 0;
                } else if (!isHeap && resident.find()) {
                    bytes += Long.parseLong(resident.group(1)) * KIB;
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("a text in memory can be read", e);
        }
        return OptionalLong.of(bytes);
    }
}
