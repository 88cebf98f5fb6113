package io.fizeau.bench.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The network's settings. */
final class NetworkExamination {
    /** Aeron's default for SO_RCVBUF and for its receive window is 128 KiB; its guide recommends 2 MiB for throughput. */
    private static final double WANTED_BYTES = 2 << 20;

    private NetworkExamination() {}

    static List<Finding> findings(final Map<String, String> host) {
        final Facts facts = new Facts(host);
        final List<Finding> findings = new ArrayList<>();
        final String control = facts.get("congestionControl");
        findings.add(
                control.equals("bbr")
                        ? Finding.warn(
                                "congestion control",
                                control,
                                "paces even on loopback, up to half slower in bulk: sysctl -w net.ipv4.tcp_congestion_control=cubic")
                        : Finding.ok("congestion control", facts.shown("congestionControl")));
        findings.add(buffers(facts, "maxReceiveBuffer", "rmem_max"));
        findings.add(buffers(facts, "maxSendBuffer", "wmem_max"));
        return findings;
    }

    private static Finding buffers(final Facts facts, final String key, final String setting) {
        final double bytes = facts.number(key, Double.NaN);
        return bytes < WANTED_BYTES
                ? Finding.warn(
                        "net.core." + setting,
                        facts.shown(key) + " bytes",
                        "UDP drops bursts that do not fit: sysctl -w net.core." + setting + "="
                                + Math.round(WANTED_BYTES))
                : Finding.ok("net.core." + setting, facts.shown(key) + (facts.isKnown(key) ? " bytes" : ""));
    }
}
