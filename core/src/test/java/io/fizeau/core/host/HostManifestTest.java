package io.fizeau.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostManifestTest {
    @TempDir
    Path root;

    @Test
    void shouldSayWhyAFactIsMissing() {
        Map<String, String> facts = HostManifest.read(new HostFiles(root));

        assertThat(facts.get("clockSource")).startsWith(HostFiles.UNAVAILABLE).contains("current_clocksource");
        assertThat(facts.values()).allSatisfy(value -> assertThat(value).isNotBlank());
    }

    @Test
    void shouldReadWhatTheKernelTells() throws IOException {
        write("proc/cpuinfo", "processor\t: 0\nmodel name\t: Some CPU\nflags\t\t: fpu hypervisor sse\n");
        write("proc/self/limits", "Limit   Soft Limit   Hard Limit   Units\nMax open files   1024   4096   files\n");
        write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
        write("sys/devices/system/cpu/intel_pstate/no_turbo", "1\n");
        write("sys/devices/system/cpu/cpu0/topology/thread_siblings_list", "0-1\n");
        write("sys/devices/system/cpu/cpu0/topology/physical_package_id", "0\n");
        write("sys/devices/system/cpu/cpu1/topology/thread_siblings_list", "0-1\n");
        write("sys/devices/system/cpu/cpu1/topology/physical_package_id", "0\n");
        write("sys/devices/system/cpu/vulnerabilities/meltdown", "Not affected\n");
        write("sys/devices/system/cpu/vulnerabilities/spectre_v2", "Mitigation: Retpolines\n");

        Map<String, String> facts = HostManifest.read(new HostFiles(root));

        assertThat(facts)
                .containsEntry("cpuModel", "Some CPU")
                .containsEntry("virtualMachine", "true")
                .containsEntry("limitOpenFiles", "1024")
                .containsEntry("transparentHugePages", "madvise")
                .containsEntry("turbo", "off")
                .containsEntry("cpuTopology", "package:{cpus of a core} 0:{0-1}")
                .containsEntry("cpuSockets", "1")
                .containsEntry("cpuCores", "1")
                .containsEntry("cpuThreads", "2")
                .containsEntry("mitigations", "spectre_v2: Mitigation: Retpolines");
    }

    @Test
    void shouldReadThisMachine() {
        Map<String, String> facts = HostManifest.read();

        assertThat(facts)
                .containsKeys(
                        "kernel", "cpuModel", "congestionControl", "tcpSocketBuffers", "hostName", "offloads", "qdisc");
        // A file of /proc/sys gives all of its text to the first read only.
        if (HostFiles.isKnown(facts.get("tcpReceiveBuffer"))) {
            assertThat(facts.get("tcpReceiveBuffer").split("\\s+")).hasSize(3);
        }
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
