package io.fizeau.bench.kit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.bench.progress.Progress;
import io.fizeau.bench.rounds.Interruption;
import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the conformance kit says of the transports of a run. The kit takes a while, so each verdict is remembered for as long as
 * neither the build, nor the plug-ins, nor the Java change. Used by one thread.
 */
public final class KitVerdicts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KitCache cache;
    private final Progress progress;
    private final Interruption interruption;
    private final Kit kit;

    /**
     * Creates it for the kit of this build.
     *
     * @param cache remembers verdicts.
     * @param progress is told while the kit runs.
     * @param interruption ends a run of the kit early.
     */
    public KitVerdicts(final KitCache cache, final Progress progress, final Interruption interruption) {
        this(cache, progress, interruption, KitVerdicts::run);
    }

    /**
     * Creates it.
     *
     * @param cache remembers verdicts.
     * @param progress is told while the kit runs.
     * @param interruption ends a run of the kit early.
     * @param kit runs the kit.
     */
    public KitVerdicts(final KitCache cache, final Progress progress, final Interruption interruption, final Kit kit) {
        this.cache = cache;
        this.progress = progress;
        this.interruption = interruption;
        this.kit = kit;
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
        final Manifest.Kit verdict;
        final int[] ended = new int[1];
        try {
            verdict = interruption.interruptibly(() -> kit.run(
                    spec,
                    test -> progress.onDetail("conformance kit on " + spec + ": " + ++ended[0] + " tests, " + test)));
        } catch (final TransportException e) {
            return Manifest.Kit.notRun(String.valueOf(e.getMessage()));
        }
        if (interruption.isRequested()) {
            return Manifest.Kit.notRun("interrupted");
        }
        cache.keep(spec, verdict);
        progress.onNote("conformance kit on " + spec + ": " + verdict.verdict() + ", " + verdict.passed() + " passed, "
                + verdict.failed() + " failed, " + verdict.skipped() + " skipped"
                + (verdict.detail().isEmpty() ? "" : ": " + verdict.detail()));
        return verdict;
    }

    /**
     * The verdict on one transport from memory.
     *
     * @param transport the transport.
     * @return the verdict, or that the kit was not run because the user said so.
     */
    public Manifest.Kit known(final ConfiguredTransport transport) {
        return cache.find(transport.spec().text()).orElseGet(() -> Manifest.Kit.notRun("--skip-kit was given"));
    }

    private static Manifest.Kit run(final String spec, final Consumer<String> onTest) {
        return JSON.convertValue(
                BuildStatement.kit(spec, Thread.currentThread().getContextClassLoader(), onTest), Manifest.Kit.class);
    }

    /** What runs the conformance kit. */
    public interface Kit {
        /**
         * Runs it.
         *
         * @param spec the transport.
         * @param onTest is given the name of each test that ends.
         * @return the verdict.
         * @throws TransportException if the kit cannot run.
         */
        Manifest.Kit run(String spec, Consumer<String> onTest);
    }
}
