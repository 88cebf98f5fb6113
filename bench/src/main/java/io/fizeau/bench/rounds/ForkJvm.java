package io.fizeau.bench.rounds;

import io.fizeau.bench.runfolder.JmhJson;
import io.fizeau.core.host.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * The JVM that the forks ran in, and its final flags. A fork's flags are not ours, and a fork is not to be disturbed by questions:
 * a third JVM, started with the same arguments, is asked.
 */
final class ForkJvm {
    private static final long TIMEOUT_S = 10;

    /** A line of -XX:+PrintFlagsFinal: type, name, value, kind, origin. */
    private static final Pattern FLAG =
            Pattern.compile("\\s*\\S+\\s+(\\w+)\\s*=\\s*(.*?)\\s+\\{[^}]*}\\s*\\{([^}]*)}\\s*");

    private static final Pattern COLLECTOR = Pattern.compile("Use(\\w+)GC");
    private static final Set<String> ALWAYS = Set.of(
            "MaxHeapSize", "InitialHeapSize", "MaxDirectMemorySize", "AlwaysPreTouch", "UseTransparentHugePages");

    private ForkJvm() {}

    static Map<String, String> describe(final BenchmarkParams params) {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("executable", params.getJvm());
        facts.put("arguments", String.join(" ", JmhJson.comparable(params).getJvmArgs()));
        facts.put("javaVersion", params.getJdkVersion());
        facts.put("vmName", params.getVmName());
        facts.put("vmVersion", params.getVmVersion());
        try {
            addFlags(facts, printFlags(params));
        } catch (final IOException e) {
            facts.put("flags", HostFiles.UNAVAILABLE + e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            facts.put("flags", HostFiles.UNAVAILABLE + "interrupted");
        }
        return Collections.unmodifiableMap(facts);
    }

    /** The collector, the heap, and whatever is not as it comes. */
    static void addFlags(final Map<String, String> facts, final List<String> lines) {
        facts.put("collector", HostFiles.UNAVAILABLE + "no flag names one");
        for (final String line : lines) {
            final Matcher flag = FLAG.matcher(line);
            if (!flag.matches()) {
                continue;
            }
            final String name = flag.group(1);
            final String value = flag.group(2);
            final Matcher collector = COLLECTOR.matcher(name);
            if (collector.matches() && value.equals("true")) {
                facts.put("collector", collector.group(1));
            }
            if (name.equals("PrintFlagsFinal")) {
                continue;
            }
            if (ALWAYS.contains(name) || !flag.group(3).startsWith("default")) {
                facts.put("flag." + name, value);
            }
        }
    }

    private static List<String> printFlags(final BenchmarkParams params) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(params.getJvm()));
        command.addAll(params.getJvmArgs());
        command.addAll(List.of("-XX:+PrintFlagsFinal", "-version"));
        final Path output = Files.createTempFile("fizeau-flags", ".txt");
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("-XX:+PrintFlagsFinal took longer than " + TIMEOUT_S + " s");
            }
            return Files.readAllLines(output, StandardCharsets.UTF_8);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
