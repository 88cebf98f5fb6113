package io.fizeau.bench.doctor;

import io.fizeau.bench.probe.ClockProbe;
import io.fizeau.bench.probe.HiccupProbe;
import io.fizeau.core.host.HostFiles;
import io.fizeau.core.host.HostManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks at everything once: what the manifest of the machine says, and a short spell of spinning to see what it does. */
public final class Examination {
    private static final Duration HICCUP_TIME = Duration.ofMillis(1_500);
    private static final double NS_PER_MS = 1e6;

    private final Map<String, String> host;
    private final HostFiles files;

    Examination(final Map<String, String> host, final HostFiles files) {
        this.host = host;
        this.files = files;
    }

    /**
     * An examination of this machine.
     *
     * @return a new one.
     */
    public static Examination ofThisHost() {
        return new Examination(HostManifest.read(), HostFiles.ofThisHost());
    }

    /**
     * Examines. One thread spins for less than two seconds, then two for about as long, with a link between them.
     *
     * @return the findings, by subject.
     */
    public List<Finding> findings() {
        final List<Finding> findings = new ArrayList<>(ProcessorExamination.findings(host));
        findings.addAll(LoadExamination.findings(host));
        findings.addAll(whileSpinning());
        findings.addAll(MemoryExamination.findings(host));
        findings.addAll(NetworkExamination.findings(host));
        findings.addAll(ToolExamination.findings(host));
        findings.addAll(TransportExamination.findings());
        findings.addAll(LinkExamination.findings());
        return findings;
    }

    private List<Finding> whileSpinning() {
        final List<Finding> findings = new ArrayList<>();
        final ClockProbe clock = ClockProbe.run();
        findings.add(clockFinding(clock));
        final CpuTime before = CpuTime.parse(files.text("/proc/stat"));
        final HiccupProbe hiccup = HiccupProbe.run(HICCUP_TIME);
        final CpuTime after = CpuTime.parse(files.text("/proc/stat"));
        findings.add(hiccupFinding(hiccup));
        findings.add(stealFinding(after.stealShareSince(before)));
        return findings;
    }

    private Finding clockFinding(final ClockProbe clock) {
        final String source = host.getOrDefault("clockSource", HostFiles.UNAVAILABLE + "not read");
        final String text = String.format(
                Locale.ROOT, "%s, %.0f ns a reading, steps of %.0f ns", source, clock.costNs(), clock.tickNs());
        if (clock.costNs() > 1_000) {
            return Finding.bad(
                    "clock",
                    text,
                    "a reading costs more than some transports: boot with clocksource=tsc, or use another host");
        }
        return clock.costNs() > 100
                ? Finding.warn("clock", text, "a clock source of tsc would cost about 20 ns")
                : Finding.ok("clock", text);
    }

    private static Finding hiccupFinding(final HiccupProbe hiccup) {
        final String text = String.format(
                Locale.ROOT,
                "longest %.2f ms, %.2f %% of the time lost, for a thread that only reads the clock",
                hiccup.longestNs() / NS_PER_MS,
                hiccup.lostShare() * 100);
        if (hiccup.lostShare() > 0.2) {
            return Finding.bad("hiccups", text, "something else uses these processors: end it, or measure elsewhere");
        }
        return hiccup.lostShare() > 0.01 || hiccup.longestNs() > 5_000_000
                ? Finding.warn(
                        "hiccups", text, "p99 and beyond show the machine, not the transport; end what else runs here")
                : Finding.ok("hiccups", text);
    }

    private static Finding stealFinding(final double share) {
        if (Double.isNaN(share)) {
            return Finding.ok("steal", "not known here");
        }
        final String text = String.format(Locale.ROOT, "%.1f %% of processor time went to other guests", share * 100);
        return share > 0.02
                ? Finding.warn("steal", text, "the host is shared: ask for dedicated processors, or take more rounds")
                : Finding.ok("steal", text);
    }
}
