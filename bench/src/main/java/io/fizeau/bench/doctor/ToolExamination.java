package io.fizeau.bench.doctor;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the measurement itself needs: pinning, counters, a JDK. */
final class ToolExamination {
    private ToolExamination() {}

    static List<Finding> findings(final Map<String, String> host) {
        final Facts facts = new Facts(host);
        final List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("processors allowed", facts.shown("cpusAllowed")));
        findings.add(
                isOnPath("taskset")
                        ? Finding.ok("taskset", "there, to pin whole processes")
                        : Finding.warn(
                                "taskset", "not on the PATH", "install util-linux to pin whole processes by hand"));
        findings.add(
                facts.get("hardwareCounters").equals("false")
                        ? Finding.warn(
                                "hardware counters",
                                "none, as in most guests",
                                "-prof perfnorm does not work here; everything else does")
                        : Finding.ok("hardware counters", facts.shown("hardwareCounters")));
        findings.add(Finding.ok("JDK", System.getProperty("java.vm.name") + ' ' + Runtime.version()));
        final List<String> arguments = ManagementFactory.getRuntimeMXBean().getInputArguments();
        findings.add(
                Object.class.getModule().isOpen("jdk.internal.misc", ToolExamination.class.getModule())
                        ? Finding.ok("JVM arguments", String.join(" ", arguments))
                        : Finding.warn(
                                "JVM arguments",
                                "jdk.internal.misc is closed",
                                "Aeron needs --add-opens java.base/jdk.internal.misc=ALL-UNNAMED: ./fizeau gives it"));
        return findings;
    }

    private static boolean isOnPath(final String program) {
        final String path = System.getenv("PATH");
        if (path != null) {
            for (final String directory : path.split(":", -1)) {
                if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
                    return true;
                }
            }
        }
        return false;
    }
}
