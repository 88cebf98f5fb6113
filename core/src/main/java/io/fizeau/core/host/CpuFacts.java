package io.fizeau.core.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The processor: model, topology, frequency, clock, mitigations. */
final class CpuFacts {
    private static final String CPU = "/sys/devices/system/cpu";
    private static final String CLOCK = "/sys/devices/system/clocksource/clocksource0";

    private CpuFacts() {}

    static void addTo(final Map<String, String> facts, final HostFiles files) {
        facts.put("cpuModel", files.field("/proc/cpuinfo", "model name"));
        facts.put("cpuMicrocode", files.field("/proc/cpuinfo", "microcode"));
        facts.put("cpuMhzNow", files.field("/proc/cpuinfo", "cpu MHz"));
        facts.put("cpuCache", files.field("/proc/cpuinfo", "cache size"));
        facts.put("cpusOnline", files.text(CPU + "/online"));
        facts.put("cpuTopology", topology(files));
        facts.put("cpuSockets", count(files, "/topology/physical_package_id"));
        facts.put("cpuCores", count(files, "/topology/thread_siblings_list"));
        facts.put("cpuThreads", count(files, ""));
        facts.put("numaNodes", files.text("/sys/devices/system/node/online"));
        facts.put("smt", files.text(CPU + "/smt/active"));
        facts.put("governor", files.text(CPU + "/cpu0/cpufreq/scaling_governor"));
        facts.put("cpuFrequencyDriver", files.text(CPU + "/cpu0/cpufreq/scaling_driver"));
        facts.put("turbo", turbo(files));
        facts.put("cpuIdleDriver", files.text(CPU + "/cpuidle/current_driver"));
        facts.put("cpusIsolated", orNone(files.text(CPU + "/isolated")));
        facts.put("cpusNoHz", orNone(files.text(CPU + "/nohz_full")));
        facts.put("cpusAllowed", files.field("/proc/self/status", "Cpus_allowed_list"));
        facts.put("mitigations", mitigations(files));
        facts.put("clockSource", files.text(CLOCK + "/current_clocksource"));
        facts.put("clockSources", files.text(CLOCK + "/available_clocksource"));
        facts.put("perfEventParanoid", files.text("/proc/sys/kernel/perf_event_paranoid"));
        facts.put("hardwareCounters", hardwareCounters(files));
    }

    /** Which processors share a core: what decides whether two pinned threads disturb each other. */
    private static String topology(final HostFiles files) {
        final TreeSet<String> cores = new TreeSet<>();
        String unknown = HostFiles.UNAVAILABLE + CPU + " lists no processor";
        for (final String name : files.names(CPU)) {
            if (name.matches("cpu\\d+")) {
                final String directory = CPU + '/' + name + "/topology";
                final String siblings = files.text(directory + "/thread_siblings_list");
                if (HostFiles.isKnown(siblings)) {
                    cores.add(files.text(directory + "/physical_package_id") + ":{" + siblings + '}');
                } else {
                    unknown = siblings;
                }
            }
        }
        return cores.isEmpty() ? unknown : "package:{cpus of a core} " + String.join(" ", cores);
    }

    /** How many different texts a file has over all processors; how many processors there are, if no file is named. */
    private static String count(final HostFiles files, final String file) {
        final TreeSet<String> different = new TreeSet<>();
        String unknown = HostFiles.UNAVAILABLE + CPU + " lists no processor";
        for (final String name : files.names(CPU)) {
            if (name.matches("cpu\\d+")) {
                final String directory = CPU + '/' + name;
                // A core's siblings are told by the numbers of its processors, which no other core shares.
                final String text = file.isEmpty() ? name : files.text(directory + file);
                if (HostFiles.isKnown(text)) {
                    different.add(text);
                } else {
                    unknown = text;
                }
            }
        }
        return different.isEmpty() ? unknown : Integer.toString(different.size());
    }

    private static String turbo(final HostFiles files) {
        final String noTurbo = files.text(CPU + "/intel_pstate/no_turbo");
        if (HostFiles.isKnown(noTurbo)) {
            return noTurbo.equals("0") ? "on" : "off";
        }
        final String boost = files.text(CPU + "/cpufreq/boost");
        if (HostFiles.isKnown(boost)) {
            return boost.equals("1") ? "on" : "off";
        }
        return HostFiles.UNAVAILABLE + "neither intel_pstate/no_turbo nor cpufreq/boost is there, as in most guests";
    }

    private static String mitigations(final HostFiles files) {
        if (!files.exists(CPU + "/vulnerabilities")) {
            return HostFiles.UNAVAILABLE + CPU + "/vulnerabilities does not exist";
        }
        final List<String> all = new ArrayList<>();
        for (final String name : files.names(CPU + "/vulnerabilities")) {
            final String state = files.text(CPU + "/vulnerabilities/" + name);
            if (!state.equals("Not affected")) {
                all.add(name + ": " + state);
            }
        }
        return all.isEmpty() ? "none reported" : String.join("; ", all);
    }

    /** The kernel's names for a processor's performance counters; a guest without them has only software events. */
    private static String hardwareCounters(final HostFiles files) {
        final String devices = "/sys/bus/event_source/devices";
        if (!files.exists(devices)) {
            return HostFiles.UNAVAILABLE + devices + " does not exist";
        }
        final boolean present =
                files.names(devices).stream().anyMatch(name -> name.startsWith("cpu") || name.startsWith("armv"));
        return Boolean.toString(present);
    }

    private static String orNone(final String text) {
        return text.isEmpty() || text.equals("(null)") ? "none" : text;
    }
}
