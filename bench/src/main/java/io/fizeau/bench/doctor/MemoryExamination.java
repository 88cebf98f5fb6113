package io.fizeau.bench.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Memory: huge pages, and room for Aeron's buffers. */
final class MemoryExamination {
    private static final double MIB = 1 << 20;
    /** Driver directories of a client and a server with 64 MiB terms, three a log, and some spare. */
    private static final double WANTED_MIB = 512;

    private MemoryExamination() {}

    static List<Finding> findings(final Map<String, String> host) {
        final Facts facts = new Facts(host);
        final List<Finding> findings = new ArrayList<>();
        final String huge = facts.get("transparentHugePages");
        findings.add(
                huge.equals("always")
                        ? Finding.warn(
                                "huge pages",
                                "transparent huge pages: always",
                                "the kernel may stop a thread to merge pages: echo madvise > /sys/kernel/mm/transparent_hugepage/enabled")
                        : Finding.ok("huge pages", "transparent huge pages: " + facts.shown("transparentHugePages")));
        final double roomMib = facts.number("devShmFreeBytes", 0) / MIB;
        final String room = Math.round(roomMib) + " MiB free";
        findings.add(
                roomMib < WANTED_MIB
                        ? Finding.warn(
                                "/dev/shm",
                                facts.isKnown("devShmFreeBytes") ? room : "not there",
                                "Aeron keeps its buffers there and wants " + Math.round(WANTED_MIB)
                                        + " MiB: mount -o remount,size=1g /dev/shm (docker: --shm-size=1g)")
                        : Finding.ok("/dev/shm", room));
        return findings;
    }
}
