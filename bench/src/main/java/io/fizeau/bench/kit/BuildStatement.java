package io.fizeau.bench.kit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.bench.jmh.LatencyResult;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.tck.KitReport;
import io.fizeau.core.tck.KitRunner;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import java.io.IOException;
import java.io.ObjectStreamClass;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a build says of itself: what its transports promise, what its conformance kit says of them, in which form its forks hand over
 * results. Of another build it is asked in a process of its own ({@link #main}), with that build's jar first on the class path and this
 * class behind it; so it is one class file, and uses nothing of a build but what it tells of. Stateless.
 */
public final class BuildStatement {
    /** The question for transports: followed by their specs. */
    public static final String TRANSPORTS = "transports";

    /** The question for the kit's verdict: followed by a spec. */
    public static final String KIT = "kit";

    /** What the last line of an answer begins with; a JSON object follows. */
    public static final String ANSWER = "fizeau-answer ";

    /** What a line begins with that names a test of the kit as it ends. */
    public static final String TEST = "fizeau-test ";

    private BuildStatement() {}

    /**
     * Answers one question on standard output.
     *
     * @param question {@link #TRANSPORTS} or {@link #KIT}, and specs.
     * @throws IOException if the answer cannot be written.
     */
    public static void main(final String[] question) throws IOException {
        // The kit's transports may print too.
        final PrintStream out = System.out;
        final List<String> specs = Arrays.asList(question).subList(1, question.length);
        final Map<String, Object> answer;
        if (question[0].equals(KIT)) {
            answer =
                    kit(specs.get(0), Thread.currentThread().getContextClassLoader(), test -> out.println(TEST + test));
        } else {
            answer = new LinkedHashMap<>();
            answer.put("form", form());
            final Map<String, Object> transports = new LinkedHashMap<>();
            final Transports registry = Transports.installed();
            for (final String spec : specs) {
                transports.put(spec, transportOrError(registry, spec));
            }
            answer.put(TRANSPORTS, transports);
        }
        out.println(ANSWER + new ObjectMapper().writeValueAsString(answer));
        out.flush();
        // A transport may have left a thread behind.
        System.exit(0);
    }

    /**
     * In which form a fork of this build hands over what JMH has no form for.
     *
     * @return class to version and fields.
     */
    public static Map<String, Object> form() {
        final Map<String, Object> form = new LinkedHashMap<>();
        form.put("LatencyResult", form(ObjectStreamClass.lookup(LatencyResult.class)));
        form.put("LatencyDistribution", form(ObjectStreamClass.lookup(LatencyDistribution.class)));
        return form;
    }

    /**
     * What a manifest says of a transport, but for the kit's verdict.
     *
     * @param transport the transport.
     * @return the fields of {@link io.fizeau.bench.runfolder.Manifest.TransportEntry}.
     */
    public static Map<String, Object> transport(final ConfiguredTransport transport) {
        final Guarantees guarantees = transport.guarantees();
        final Availability availability = transport.availability();
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("spec", transport.spec().text());
        fields.put("name", transport.spec().transport().name());
        fields.put("guarantees", guarantees.all().stream().map(Guarantee::label).toList());
        fields.put("maxMessageBytes", guarantees.maxMessageBytes());
        fields.put("regime", guarantees.has(Guarantee.BLOCKING_DELIVERY) ? "blocking" : "spinning");
        fields.put("competes", guarantees.has(Guarantee.CROSSES_PROCESSES));
        fields.put("datagrams", transport.transport().sendsDatagrams());
        fields.put("available", availability.isAvailable());
        fields.put("reason", availability.reason());
        return fields;
    }

    /**
     * Runs the conformance kit.
     *
     * @param spec the transport.
     * @param loader finds it.
     * @param onTest is given the name of each test that ends.
     * @return the fields of {@link io.fizeau.bench.runfolder.Manifest.Kit}.
     * @throws TransportException if the kit cannot run.
     */
    static Map<String, Object> kit(final String spec, final ClassLoader loader, final Consumer<String> onTest) {
        final KitReport report = KitRunner.run(spec, loader, outcome -> onTest.accept(outcome.name()));
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("verdict", report.isPassed() ? "PASSED" : "FAILED");
        fields.put("passed", report.count(KitReport.Result.PASSED));
        fields.put("failed", report.count(KitReport.Result.FAILED));
        fields.put("skipped", report.count(KitReport.Result.SKIPPED));
        fields.put(
                "detail",
                report.all(KitReport.Result.FAILED).stream()
                        .findFirst()
                        .map(failure -> failure.name() + ": " + failure.reason())
                        .orElse(""));
        return fields;
    }

    private static Map<String, Object> transportOrError(final Transports registry, final String spec) {
        try {
            return transport(registry.resolve(spec));
        } catch (final TransportException e) {
            return Map.of("error", String.valueOf(e.getMessage()));
        }
    }

    private static String form(final ObjectStreamClass type) {
        return type.getSerialVersionUID() + " " + Arrays.toString(type.getFields());
    }
}
