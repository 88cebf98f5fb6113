package io.fizeau.results.generate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes up run folders as {@code fizeau run} leaves them, of any size and with a known truth, for tests and benchmarks of what reads
 * them. A row is a closed round trip; each of its forks has a median of its own, around which JMH's samples lie in its own layout,
 * about 100 kB a file. The same seed gives the same run. One thread.
 */
public final class RunGenerator {
    private static final String BENCHMARK = "io.fizeau.bench.suite.RoundTripBenchmark.closed";
    private static final List<String> TRANSPORTS = List.of(
            "tcp-nio",
            "aeron-udp",
            "aeron-ipc",
            "arq-selective",
            "arq-nak",
            "arq-fec",
            "arq-go-back-n",
            "arq-stop-and-wait",
            "udp",
            "tcp-nio+crc32c");
    private static final List<String> GUARANTEES = List.of("reliable", "ordered", "boundaries");
    private static final int ITERATIONS = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final long seed;
    private int rows = 10;
    private int forks = 10;
    private double forkSd = 0.03;
    private double roundSd;
    private double ratio = 1;
    private int buckets = 900;
    private String label = "generated";
    private Instant start = Instant.parse("2026-01-02T03:04:05Z");

    public RunGenerator(final long seed) {
        this.seed = seed;
    }

    /** How many rows; transports first, then sizes. */
    public RunGenerator rows(final int count) {
        rows = count;
        return this;
    }

    /** How many forks a row, which is the number of rounds. */
    public RunGenerator forks(final int count) {
        forks = count;
        return this;
    }

    /** The standard deviation of the logarithm between forks, and what the forks of a round share. */
    public RunGenerator spread(final double ofForks, final double ofRounds) {
        forkSd = ofForks;
        roundSd = ofRounds;
        return this;
    }

    /** How many times slower it is than with 1. */
    public RunGenerator ratio(final double times) {
        ratio = times;
        return this;
    }

    /** How many values a histogram has: the size of the files. */
    public RunGenerator buckets(final int count) {
        buckets = count;
        return this;
    }

    public RunGenerator label(final String text) {
        label = text;
        return this;
    }

    public RunGenerator start(final Instant at) {
        start = at;
        return this;
    }

    /**
     * Writes a run folder.
     *
     * @param folder to be made.
     * @return the folder.
     */
    public Path write(final Path folder) {
        return write(folder, "", "", new Random(seed), new Random(seed + 1));
    }

    /**
     * Writes the two sides of an interleaved run: they share the episodes of their rounds and differ by the ratio.
     *
     * @param parent of both folders.
     * @return the base and the candidate.
     */
    public List<Path> writePair(final Path parent) {
        final Path base = parent.resolve("20260102T030405Z-" + label + "-base");
        final Path candidate = parent.resolve("20260102T030405Z-" + label + "-candidate");
        final double asked = ratio;
        ratio = 1;
        write(base, "base", candidate.getFileName().toString(), new Random(seed), new Random(seed + 1));
        ratio = asked;
        write(candidate, "candidate", base.getFileName().toString(), new Random(seed), new Random(seed + 2));
        return List.of(base, candidate);
    }

    private Path write(
            final Path folder, final String side, final String other, final Random shared, final Random own) {
        try {
            Files.createDirectories(folder.resolve("jmh"));
            final ObjectNode manifest = manifest(side, other);
            final ObjectNode noise = JSON.createObjectNode().put("schema", "fizeau.noise/1");
            int index = 0;
            for (int round = 0; round < forks; round++) {
                final double episode = Math.exp(roundSd * shared.nextGaussian());
                for (int row = 0; row < rows; row++) {
                    final double medianNs =
                            (5_000 + 500.0 * row) * ratio * episode * Math.exp(forkSd * own.nextGaussian());
                    final ObjectNode params = params(row);
                    final String file = String.format(Locale.ROOT, "jmh/%03d.json", index);
                    Files.writeString(folder.resolve(file), jmh(params, medianNs, own));
                    manifest.withArray("forks")
                            .addObject()
                            .put("index", index)
                            .put("round", round)
                            .put("file", file)
                            .put("benchmark", BENCHMARK)
                            .put("status", "OK")
                            .put("reason", "")
                            .set("params", params);
                    noise(noise, index++, params);
                }
            }
            Files.writeString(folder.resolve("noise.json"), noise.toPrettyString());
            Files.writeString(folder.resolve("manifest.json"), manifest.toPrettyString());
            return folder;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode params(final int row) {
        return JSON.createObjectNode()
                .put("transport", TRANSPORTS.get(row % TRANSPORTS.size()))
                .put("messageBytes", "" + 32 * (1 + row / TRANSPORTS.size()))
                .put("server", "process")
                .put("clientCpu", "auto")
                .put("serverCpu", "auto")
                .put("service", "none");
    }

    private ObjectNode manifest(final String side, final String other) {
        final ObjectNode manifest = JSON.createObjectNode();
        manifest.put("schema", "fizeau.manifest/1")
                .put("label", label)
                .put("complete", true)
                .put("incompleteReason", "")
                .put("startedAt", start.toString())
                .put("endedAt", start.plusSeconds(4L * forks * rows).toString())
                .put("profile", "standard")
                .put("topology", "LOOPBACK");
        manifest.putArray("commandLine").add("run").add("--label").add(label);
        manifest.putObject("build")
                .put("version", "1.0")
                .put("gitCommit", side.equals("candidate") ? "89abcdef01234567" : "0123456789abcdef")
                .put("gitDirty", "false")
                .putObject("dependencies")
                .put("jmh", "1.37");
        manifest.putObject("host")
                .put("cpuModel", "A Processor")
                .put("availableProcessors", "2")
                .put("loadAverage", "0." + seed % 100)
                .put("kernel", "Linux version 6.1.0 (someone@somewhere) #1 SMP");
        manifest.putObject("jvm").put("javaVersion", "17.0.15").put("collector", "Serial");
        manifest.putObject("rounds").put("planned", forks).put("finished", forks);
        final ArrayNode transports = manifest.putArray("transports");
        for (final String spec : TRANSPORTS) {
            final ObjectNode transport = transports.addObject();
            transport.put("spec", spec).put("name", spec.replaceFirst("[?+].*", ""));
            GUARANTEES.forEach(transport.putArray("guarantees")::add);
            transport
                    .put("regime", "spinning")
                    .put("competes", true)
                    .put("available", true)
                    .put("reason", "");
            transport.putObject("kit").put("verdict", "PASSED").put("detail", "");
        }
        if (!side.isEmpty()) {
            manifest.putObject("interleaved")
                    .put("id", label + '-' + seed)
                    .put("side", side)
                    .put("other", other);
        }
        manifest.putArray("forks");
        return manifest;
    }

    private static void noise(final ObjectNode noise, final int index, final ObjectNode params) {
        final ObjectNode fork = noise.withArray("forks").addObject();
        fork.put("index", index).put("benchmark", BENCHMARK).set("params", params);
        final ArrayNode iterations = fork.putArray("iterations");
        for (int i = 0; i < ITERATIONS; i++) {
            final ObjectNode iteration =
                    iterations.addObject().put("iteration", i + 1).put("durationMs", 1000.5);
            iteration
                    .putObject("fork")
                    .put("hiccup.max", 0.2)
                    .put("hiccup.p99", 0.1)
                    .put("involuntary", 3.0)
                    .put("gc", 0.0);
            iteration
                    .putObject("server")
                    .put("hiccup.max", 0.2)
                    .put("involuntary", 3.0)
                    .put("gc", 0.0);
            iteration.putObject("host").put("steal", 0.0).put("udp.drops", 0.0).put("softnet.drops", 0.0);
        }
    }

    /** In the layout of JMH's own writer: a line for each pair of the histogram, deeply indented. */
    private String jmh(final ObjectNode params, final double medianNs, final Random random) {
        final StringBuilder json = new StringBuilder(64 * ITERATIONS * buckets);
        json.append("[\n    {\n        \"jmhVersion\" : \"1.37\",\n        \"benchmark\" : \"")
                .append(BENCHMARK)
                .append("\",\n        \"mode\" : \"sample\",\n        \"threads\" : 1,\n        \"forks\" : 1,\n")
                .append("        \"jdkVersion\" : \"17.0.15\",\n        \"params\" : ")
                .append(params)
                .append(",\n        \"primaryMetric\" : {\n            \"score\" : ")
                .append(medianNs * 1.05)
                .append(",\n            \"scoreError\" : \"NaN\",\n            \"scorePercentiles\" : {\n")
                .append("                \"50.0\" : ")
                .append(medianNs)
                .append("\n            },\n            \"scoreUnit\" : \"ns/op\",\n")
                .append("            \"rawDataHistogram\" : [\n                [\n");
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            json.append(iteration == 0 ? "" : ",\n").append("                    [\n");
            histogram(json, medianNs, random);
            json.append("                    ]");
        }
        json.append("\n                ]\n            ]\n        },\n        \"secondaryMetrics\" : {\n");
        secondary(json, "client:alloc.norm", "B/op", 57 + random.nextDouble() / 10)
                .append(",\n");
        secondary(json, "gc.alloc.rate.norm", "B/op", 60 + random.nextDouble()).append(",\n");
        secondary(json, "service:p50", "ns", medianNs).append(",\n");
        secondary(json, "service:p90", "ns", medianNs * 1.2).append(",\n");
        secondary(json, "service:p99", "ns", medianNs * 2 * Math.exp(0.1 * random.nextGaussian()))
                .append(",\n");
        secondary(json, "service:max", "ns", medianNs * 40 * Math.exp(random.nextGaussian()))
                .append("\n        }\n    }\n]\n");
        return json.toString();
    }

    /** Log-normal, standard deviation 10 %, 20 000 samples, as many values as asked for within three of it. */
    private void histogram(final StringBuilder json, final double medianNs, final Random random) {
        for (int bucket = 0; bucket < buckets; bucket++) {
            final double z = -3 + 6.0 * (bucket + 0.5) / buckets;
            final double expected = 20_000 * 6.0 / buckets * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
            json.append("                        [ ")
                    .append(Math.rint(medianNs * Math.exp(0.1 * z) * 10) / 10)
                    .append(", ")
                    .append(Math.max(1, Math.round(expected + Math.sqrt(expected) * random.nextGaussian())))
                    .append(bucket + 1 < buckets ? " ],\n" : " ]\n");
        }
    }

    private static StringBuilder secondary(
            final StringBuilder json, final String label, final String unit, final double value) {
        json.append("            \"").append(label).append("\" : {\n                \"score\" : ");
        json.append(value).append(",\n                \"scoreError\" : \"NaN\",\n");
        json.append("                \"scoreUnit\" : \"").append(unit).append("\",\n");
        json.append("                \"rawData\" : [\n                    [\n");
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            json.append("                        ").append(value).append(iteration + 1 < ITERATIONS ? ",\n" : "\n");
        }
        return json.append("                    ]\n                ]\n            }");
    }

    /**
     * Writes the two sides of an interleaved run.
     *
     * @param args the parent folder, rows, forks a row, and how many times slower the candidate is.
     */
    public static void main(final String[] args) {
        new RunGenerator(1)
                .rows(Integer.parseInt(args[1]))
                .forks(Integer.parseInt(args[2]))
                .ratio(Double.parseDouble(args[3]))
                .writePair(Path.of(args[0]));
    }
}
