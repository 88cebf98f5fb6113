package io.fizeau.bench.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Processors: how many, how fast, and for whom. */
final class ProcessorExamination {
    private ProcessorExamination() {}

    static List<Finding> findings(final Map<String, String> host) {
        final Facts facts = new Facts(host);
        final List<Finding> findings = new ArrayList<>();
        findings.add(cores(facts));
        findings.add(governor(facts));
        findings.add(turbo(facts));
        findings.add(
                facts.get("smt").equals("1")
                        ? Finding.warn(
                                "hyper-threading",
                                "on: " + facts.shown("cpuTopology"),
                                "pin client and server to different cores, or turn it off: echo off > /sys/devices/system/cpu/smt/control")
                        : Finding.ok("hyper-threading", facts.isKnown("smt") ? "off" : "not known here"));
        findings.add(
                facts.get("virtualMachine").equals("true")
                        ? Finding.warn(
                                "virtual machine",
                                "yes: neighbours cannot be seen from here",
                                "compare only what was measured in one run; bare metal tells more")
                        : Finding.ok("virtual machine", facts.isKnown("virtualMachine") ? "no" : "not known here"));
        findings.add(quota(facts));
        return findings;
    }

    private static Finding cores(final Facts facts) {
        final int cores = (int) facts.number("availableProcessors", 1);
        final String text = cores + " available; client and server spin on one each";
        if (cores < 2) {
            return Finding.bad(
                    "processors",
                    text,
                    "two spinning threads on one processor wait for each other's time slice: use two or more");
        }
        return cores < 4
                ? Finding.warn(
                        "processors",
                        text,
                        "with four or more, the system and a transport's own threads have a place of their own")
                : Finding.ok("processors", text);
    }

    private static Finding governor(final Facts facts) {
        final String governor = facts.get("governor");
        return facts.isKnown("governor") && !governor.equals("performance")
                ? Finding.warn(
                        "frequency governor",
                        governor,
                        "cpupower frequency-set -g performance keeps the frequency up between messages")
                : Finding.ok("frequency governor", facts.shown("governor"));
    }

    private static Finding turbo(final Facts facts) {
        return facts.get("turbo").equals("on")
                ? Finding.warn(
                        "turbo",
                        "on",
                        "the frequency depends on what else runs and how hot it is: echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo, or echo 0 > .../cpufreq/boost")
                : Finding.ok("turbo", facts.shown("turbo"));
    }

    private static Finding quota(final Facts facts) {
        final String max = facts.get("cgroupCpuMax");
        return facts.isKnown("cgroupCpuMax") && !max.startsWith("max")
                ? Finding.bad(
                        "container's quota",
                        "cpu.max is " + max,
                        "a spinning thread uses its share up and is stopped: run without a CPU limit, or with whole processors (cpuset)")
                : Finding.ok("container's quota", facts.isKnown("cgroupCpuMax") ? "none" : "not known here");
    }
}
