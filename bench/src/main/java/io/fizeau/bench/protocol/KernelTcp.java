package io.fizeau.bench.protocol;

import io.fizeau.core.host.HostFiles;
import io.fizeau.core.host.ProtocolCounters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the kernel's TCP has counted, in the network namespace of this process: {@code Tcp} of {@code /proc/net/snmp} (RFC 4022) and
 * {@code TcpExt} of {@code /proc/net/netstat}. It counts all connections of the namespace: over a link both ends of the measured
 * one and nothing else, without one whatever else runs on the host.
 */
public final class KernelTcp {
    /** What becomes a row, in the order to be shown. */
    public static final List<String> FIGURES = List.of(
            "OutSegs",
            "RetransSegs",
            "InErrs",
            "InCsumErrors",
            "TCPFastRetrans",
            "TCPSlowStartRetrans",
            "TCPLostRetransmit",
            "TCPTimeouts",
            "TCPLossProbes",
            "TCPLossProbeRecovery",
            "TCPSackRecovery",
            "TCPDSACKRecv",
            "TCPSpuriousRTOs",
            "TCPDSACKUndo",
            "TCPFullUndo",
            "TCPLossUndo",
            "TCPSACKReorder",
            "TCPTSReorder");

    /** What a sender learned to have sent for nothing: duplicates that the receiver reported (RFC 2883, RFC 3708). */
    public static final String SPURIOUS = "TCPDSACKRecv";

    static final String SNMP = "/proc/net/snmp";
    static final String NETSTAT = "/proc/net/netstat";

    private KernelTcp() {}

    /**
     * Reads the counters.
     *
     * @param files the host's.
     * @return all of {@link #FIGURES} that this kernel has, or why there are none.
     */
    public static CounterSet read(final HostFiles files) {
        final String snmp = files.text(SNMP);
        if (!HostFiles.isKnown(snmp)) {
            return CounterSet.unavailable(snmp);
        }
        final Map<String, Long> all = new LinkedHashMap<>(ProtocolCounters.parse(snmp, "Tcp"));
        // A kernel without the extended ones still has the retransmissions.
        all.putAll(ProtocolCounters.parse(files.text(NETSTAT), "TcpExt"));
        final Map<String, Long> chosen = new LinkedHashMap<>();
        for (final String figure : FIGURES) {
            final Long value = all.get(figure);
            if (value != null) {
                chosen.put(figure, value);
            }
        }
        return chosen.isEmpty() ? CounterSet.unavailable(SNMP + " has no counters of Tcp") : CounterSet.of(chosen);
    }
}
