package io.fizeau.core.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a reader has to know about a machine in order to judge, or repeat, what was measured on it: processor, clock, memory,
 * network settings, limits. Names to values; a value that cannot be had is there as well and says why
 * ({@link HostFiles#UNAVAILABLE}). Reads files, asks the kernel about its interfaces, and starts no process.
 */
public final class HostManifest {
    private HostManifest() {}

    /**
     * Reads it for this machine. Takes some milliseconds.
     *
     * @return an unmodifiable map in the order in which it should be shown.
     */
    public static Map<String, String> read() {
        final HostFiles files = HostFiles.ofThisHost();
        final Map<String, String> facts = new LinkedHashMap<>(read(files));
        NetworkFacts.addOfThisHost(facts, files);
        facts.put("hostName", hostName());
        facts.put("os", System.getProperty("os.name") + ' ' + System.getProperty("os.arch"));
        facts.put("availableProcessors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("devShmFreeBytes", freeBytes(Path.of("/dev/shm")));
        facts.put("tmpFreeBytes", freeBytes(Path.of(System.getProperty("java.io.tmpdir"))));
        facts.putAll(EffectiveSocketBuffers.read());
        return Collections.unmodifiableMap(facts);
    }

    /**
     * Reads what is in files.
     *
     * @param files where they are.
     * @return names to values, in the order in which they should be shown.
     */
    static Map<String, String> read(final HostFiles files) {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kernel", files.text("/proc/version"));
        facts.put("kernelCommandLine", files.text("/proc/cmdline"));
        CpuFacts.addTo(facts, files);
        addMemory(facts, files);
        addContainment(facts, files);
        NetworkFacts.addTo(facts, files);
        facts.put("loadAverage", files.text("/proc/loadavg"));
        facts.put("pressureCpu", firstLine(files.text("/proc/pressure/cpu")));
        facts.put("pressureMemory", firstLine(files.text("/proc/pressure/memory")));
        return facts;
    }

    private static void addMemory(final Map<String, String> facts, final HostFiles files) {
        facts.put("memoryTotal", files.field("/proc/meminfo", "MemTotal"));
        facts.put("swapTotal", files.field("/proc/meminfo", "SwapTotal"));
        facts.put("transparentHugePages", files.choice("/sys/kernel/mm/transparent_hugepage/enabled"));
        facts.put("transparentHugePagesDefrag", files.choice("/sys/kernel/mm/transparent_hugepage/defrag"));
        facts.put("hugePages", files.field("/proc/meminfo", "HugePages_Total"));
        facts.put("numaBalancing", files.text("/proc/sys/kernel/numa_balancing"));
        facts.put("limitLockedMemory", limit(files, "Max locked memory"));
        facts.put("limitOpenFiles", limit(files, "Max open files"));
    }

    private static void addContainment(final Map<String, String> facts, final HostFiles files) {
        final String flags = files.field("/proc/cpuinfo", "flags");
        final String isGuest =
                !HostFiles.isKnown(flags) ? flags : Boolean.toString((' ' + flags + ' ').contains(" hypervisor "));
        facts.put("virtualMachine", isGuest);
        facts.put("machineVendor", files.text("/sys/class/dmi/id/sys_vendor"));
        facts.put("machineProduct", files.text("/sys/class/dmi/id/product_name"));
        facts.put("container", Boolean.toString(files.exists("/.dockerenv") || files.exists("/run/.containerenv")));
        facts.put("cgroup", files.text("/proc/self/cgroup").replace("\n", "; "));
        facts.put("cgroupCpuMax", files.text("/sys/fs/cgroup/cpu.max"));
        facts.put("cgroupMemoryMax", files.text("/sys/fs/cgroup/memory.max"));
        facts.put("cgroupCpus", files.text("/sys/fs/cgroup/cpuset.cpus.effective"));
    }

    /** A row of /proc/self/limits: the name, then the soft and the hard limit and the unit, in columns. */
    private static String limit(final HostFiles files, final String name) {
        final String text = files.text("/proc/self/limits");
        if (!HostFiles.isKnown(text)) {
            return text;
        }
        return text.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip().split("\\s+", 2)[0])
                .findFirst()
                .orElse(HostFiles.UNAVAILABLE + "/proc/self/limits has no '" + name + "'");
    }

    private static String firstLine(final String text) {
        return text.lines().findFirst().orElse(text);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (final UnknownHostException e) {
            return HostFiles.UNAVAILABLE + e.getMessage();
        }
    }

    private static String freeBytes(final Path directory) {
        try {
            final FileStore store = Files.getFileStore(directory);
            return Long.toString(store.getUsableSpace());
        } catch (final IOException e) {
            return HostFiles.UNAVAILABLE + directory + ": " + e.getMessage();
        }
    }
}
