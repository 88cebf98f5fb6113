package io.fizeau.bench.kit;

import io.fizeau.bench.progress.Progress;
import io.fizeau.bench.rounds.Interruption;
import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.tck.KitReport;
import io.fizeau.core.tck.KitReport.Result;
import io.fizeau.core.tck.KitRunner;
import java.util.Optional;

/**
 * What the conformance kit says of the transports of a run. The kit takes a while, so each verdict is remembered for as long as
 * neither the build, nor the plug-ins, nor the Java change. Used by one thread.
 */
public final class KitVerdicts {
    private final KitCache cache;
    private final Progress progress;
    private final Interruption interruption;

    /**
     * Creates it.
     *
     * @param cache remembers verdicts.
     * @param progress is told while the kit runs.
     * @param interruption ends a run of the kit early.
     */
    public KitVerdicts(final KitCache cache, final Progress progress, final Interruption interruption) {
        this.cache = cache;
        this.progress = progress;
        this.interruption = interruption;
    }

    /**
     * The verdict on one transport, from memory or from a run of the kit.
     *
     * @param transport the transport.
     * @return the verdict.
     */
    public Manifest.Kit of(final ConfiguredTransport transport) {
        final String spec = transport.spec().text();
        final Optional<Manifest.Kit> known = cache.find(spec);
        if (known.isPresent()) {
            return known.get();
        }
        if (interruption.isRequested()) {
            return Manifest.Kit.notRun("interrupted");
        }
        progress.onStep("conformance kit on " + spec + ", once for this build");
        final KitReport report;
        try {
            report = interruption.interruptibly(() -> run(spec));
        } catch (final TransportException e) {
            return Manifest.Kit.notRun(String.valueOf(e.getMessage()));
        }
        if (interruption.isRequested()) {
            return Manifest.Kit.notRun("interrupted");
        }
        final Manifest.Kit kit = verdict(report);
        cache.keep(spec, kit);
        progress.onNote("conformance kit on " + spec + ": " + kit.verdict() + ", " + kit.passed() + " passed, "
                + kit.failed() + " failed, " + kit.skipped() + " skipped"
                + (kit.detail().isEmpty() ? "" : ": " + kit.detail()));
        return kit;
    }

    private KitReport run(final String spec) {
        final int[] ended = new int[1];
        return KitRunner.run(
                spec,
                Thread.currentThread().getContextClassLoader(),
                outcome -> progress.onDetail(
                        "conformance kit on " + spec + ": " + ++ended[0] + " tests, " + outcome.name()));
    }

    private static Manifest.Kit verdict(final KitReport report) {
        final String detail = report.all(Result.FAILED).stream()
                .findFirst()
                .map(failure -> failure.name() + ": " + failure.reason())
                .orElse("");
        return new Manifest.Kit(
                report.isPassed() ? "PASSED" : "FAILED",
                report.count(Result.PASSED),
                report.count(Result.FAILED),
                report.count(Result.SKIPPED),
                detail);
    }
}
