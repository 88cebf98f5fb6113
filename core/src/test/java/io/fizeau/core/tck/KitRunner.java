package io.fizeau.core.tck;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.fizeau.core.registry.Transports;
import io.fizeau.core.tck.KitReport.Outcome;
import io.fizeau.core.tck.KitReport.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.IncompleteExecutionException;

/**
 * Runs the conformance kit without a build tool: what {@code fizeau check SPEC} does. Needs {@code junit-platform-launcher} and
 * {@code junit-jupiter} on the class path. Stateless.
 */
public final class KitRunner {
    static final String STORE = "io.fizeau.core.tck";

    /** Stands in a report for what concerns no single test, such as a transport that is not available. */
    static final String WHOLE_KIT = "the whole kit";

    private KitRunner() {}

    /**
     * Runs all of the kit on the calling thread, which takes some seconds.
     *
     * @param spec the transport, a spec string.
     * @param loader what sees the transport: a loader with plug-ins, or the caller's own. Jars of {@link java.net.URLClassLoader}s
     *     are given to the other JVM too.
     * @param progress is told of each test as it ends.
     * @return what was found.
     * @throws io.fizeau.core.error.TransportException if the spec string names nothing that is known.
     */
    public static KitReport run(final String spec, final ClassLoader loader, final Consumer<Outcome> progress) {
        final Thread current = Thread.currentThread();
        final ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(loader);
        try {
            return run(spec, Transports.load(loader), "", TransportConformance.PATIENCE, progress);
        } finally {
            current.setContextClassLoader(before);
        }
    }

    /**
     * Runs the kit, or one test of it, on the calling thread.
     *
     * @param spec the transport, a spec string.
     * @param transports where it is found. The other JVM looks for it on the class path.
     * @param test the name of a test method; empty for all.
     * @param patience how long a test waits for what has no time limit of its own.
     * @param progress is told of each test as it ends.
     * @return what was found.
     * @throws io.fizeau.core.error.TransportException if the spec string names nothing that is known.
     */
    public static KitReport run(
            final String spec,
            final Transports transports,
            final String test,
            final Duration patience,
            final Consumer<Outcome> progress) {
        transports.resolve(spec);
        final LauncherConfig config = LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .addTestEngines(new JupiterTestEngine())
                .build();
        final LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(SpecConformance.class))
                .filters(only(test))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build();
        final Collector collector = new Collector(progress);
        try (LauncherSession session = LauncherFactory.openSession(config)) {
            session.getStore()
                    .put(
                            Namespace.create(STORE),
                            SpecConformance.Target.class,
                            new SpecConformance.Target(transports, spec, patience));
            session.getLauncher().execute(request, collector);
        }
        return new KitReport(spec, collector.outcomes);
    }

    private static PostDiscoveryFilter only(final String test) {
        return descriptor -> FilterResult.includedIf(test.isEmpty()
                || descriptor
                        .getSource()
                        .map(source -> source instanceof MethodSource method
                                && method.getMethodName().equals(test))
                        .orElse(false));
    }

    private static final class Collector implements TestExecutionListener {
        private final Consumer<Outcome> progress;
        private final List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
        private final Map<String, Long> startedNs = new ConcurrentHashMap<>();

        Collector(final Consumer<Outcome> progress) {
            this.progress = progress;
        }

        @Override
        public void executionStarted(final TestIdentifier identifier) {
            startedNs.put(identifier.getUniqueId(), System.nanoTime());
        }

        @Override
        public void executionSkipped(final TestIdentifier identifier, final String reason) {
            add(identifier, Result.SKIPPED, reason);
        }

        @Override
        public void executionFinished(final TestIdentifier identifier, final TestExecutionResult result) {
            final String reason = result.getThrowable().map(Collector::oneLine).orElse("");
            switch (result.getStatus()) {
                case SUCCESSFUL -> {
                    if (identifier.isTest()) {
                        add(identifier, Result.PASSED, "");
                    }
                }
                case ABORTED -> add(identifier, Result.SKIPPED, reason);
                case FAILED -> add(identifier, Result.FAILED, reason);
            }
        }

        private void add(final TestIdentifier identifier, final Result result, final String reason) {
            final Long started = startedNs.get(identifier.getUniqueId());
            final String test = identifier
                    .getSource()
                    .map(source -> source instanceof MethodSource method ? method.getMethodName() : WHOLE_KIT)
                    .orElse(WHOLE_KIT);
            final boolean isOneOfMany =
                    identifier.isTest() && !identifier.getDisplayName().endsWith("()");
            final Outcome outcome = new Outcome(
                    test,
                    isOneOfMany ? identifier.getDisplayName() : "",
                    result,
                    reason,
                    Duration.ofNanos(started == null ? 0 : System.nanoTime() - started));
            outcomes.add(outcome);
            progress.accept(outcome);
        }

        private static String oneLine(final Throwable thrown) {
            final String message = thrown.getMessage();
            final String text =
                    message == null || message.isBlank() ? thrown.getClass().getName() : message;
            final String kind = thrown instanceof AssertionError || message == null ? "" : kindOf(thrown);
            return (kind + text).replaceAll("\\s*\\R\\s*", " ").replaceFirst("^Assumption failed: ", "");
        }

        private static String kindOf(final Throwable thrown) {
            return thrown instanceof IncompleteExecutionException
                    ? ""
                    : thrown.getClass().getSimpleName() + ": ";
        }
    }
}
