package io.fizeau.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes run folders by hand, as {@code fizeau run} would, for tests. */
public final class RunFolderBuilder {
    /** The name under which the round trip is known. */
    public static final String CLOSED = "io.fizeau.bench.suite.RoundTripBenchmark.closed";
    /** The name under which the throughput is known. */
    public static final String ONE_WAY = "io.fizeau.bench.suite.ThroughputBenchmark.oneWay";

    /** The name under which the open loop is known. */
    public static final String OPEN_LOOP = "io.fizeau.bench.suite.OpenLoopBenchmark.offered";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final ObjectNode manifest = JSON.createObjectNode();
    private final ObjectNode noise = JSON.createObjectNode();
    private int planned;
    private int finished;
    private int index;

    public RunFolderBuilder(final Path folder) {
        this.folder = folder;
        manifest.put("schema", "fizeau.manifest/1")
                .put("label", "test")
                .put("complete", true)
                .put("incompleteReason", "")
                .put("startedAt", "2026-01-02T03:04:05Z")
                .put("endedAt", "2026-01-02T03:06:05Z")
                .put("profile", "quick")
                .put("topology", "LOOPBACK");
        manifest.putObject("build")
                .put("version", "1.0")
                .put("gitCommit", "0123456789abcdef")
                .put("gitDirty", "false");
        manifest.putObject("host")
                .put("cpuModel", "A Processor")
                .put("availableProcessors", "2")
                .put("kernel", "Linux version 6.1.0 (someone@somewhere) #1 SMP");
        manifest.putObject("jvm").put("javaVersion", "17.0.15");
        manifest.putArray("transports");
        manifest.putArray("leftOut");
        manifest.putObject("probes")
                .put("clockCostNs", 22.14)
                .put("clockTickNs", 10.0)
                .put("unixSocketRttNsBefore", 3500.0)
                .put("unixSocketRttNsAfter", 3612.3);
        manifest.putArray("forks");
    }

    /** The manifest, for whatever else a test changes in it. */
    public ObjectNode manifest() {
        return manifest;
    }

    public RunFolderBuilder rounds(final int plannedRounds, final int finishedRounds) {
        planned = plannedRounds;
        finished = finishedRounds;
        return this;
    }

    public RunFolderBuilder incomplete(final String reason) {
        manifest.put("complete", false).put("incompleteReason", reason);
        return this;
    }

    public RunFolderBuilder transport(final String spec, final String regime, final String... guarantees) {
        final ObjectNode node = ((ArrayNode) manifest.get("transports")).addObject();
        node.put("spec", spec).put("name", spec.replaceFirst("[?+].*", ""));
        final ArrayNode array = node.putArray("guarantees");
        for (final String guarantee : guarantees) {
            array.add(guarantee);
        }
        node.put("regime", regime).put("competes", !spec.equals("inproc"));
        node.put("available", true).put("reason", "");
        node.putObject("kit").put("verdict", "PASSED").put("detail", "");
        return this;
    }

    public RunFolderBuilder bare(final String spec, final String bare) {
        manifest.get("transports").forEach(node -> {
            if (node.get("spec").asText().equals(spec)) {
                ((ObjectNode) node).put("bare", bare);
            }
        });
        return this;
    }

    public RunFolderBuilder datagrams(final String spec, final boolean datagrams) {
        manifest.get("transports").forEach(node -> {
            if (node.get("spec").asText().equals(spec)) {
                ((ObjectNode) node).put("datagrams", datagrams);
            }
        });
        return this;
    }

    public RunFolderBuilder kit(final int transport, final String verdict, final String detail) {
        ((ObjectNode) manifest.get("transports").get(transport))
                .putObject("kit")
                .put("verdict", verdict)
                .put("detail", detail);
        return this;
    }

    public RunFolderBuilder unavailable(final int transport, final String reason) {
        ((ObjectNode) manifest.get("transports").get(transport))
                .put("available", false)
                .put("reason", reason);
        return this;
    }

    public RunFolderBuilder leftOut(final String spec, final String reason) {
        ((ArrayNode) manifest.get("leftOut")).addObject().put("spec", spec).put("reason", reason);
        return this;
    }

    /** A closed fork whose samples are 2 000 times the median, and 20 at thrice that. */
    public RunFolderBuilder closed(final int round, final String spec, final double p50Ns) {
        return closed(round, spec, "32", "[[" + p50Ns + ", 2000], [" + p50Ns * 3 + ", 40]]");
    }

    /** A closed fork with one histogram per iteration, as JSON. */
    public RunFolderBuilder closed(
            final int round, final String spec, final String messageBytes, final String... iterations) {
        final String primary =
                "{\"score\": 1, \"scoreError\": \"NaN\", \"scoreUnit\": \"ns/op\", \"rawDataHistogram\": [["
                        + String.join(", ", iterations) + "]]}";
        return fork(round, CLOSED, Map.of("transport", spec, "messageBytes", messageBytes), "sample", primary);
    }

    /** A one-way fork with a value per iteration. */
    public RunFolderBuilder oneWay(
            final int round, final String spec, final String sends, final double... messagesPerSecond) {
        final String values = Arrays.toString(messagesPerSecond);
        final String primary =
                "{\"score\": 1, \"scoreError\": \"NaN\", \"scoreUnit\": \"ops/s\", \"rawData\": [" + values + "]}";
        return fork(round, ONE_WAY, Map.of("transport", spec, "messageBytes", "32", "sends", sends), "thrpt", primary);
    }

    /** A fork of an open loop whose generator was late by 1 us. */
    public RunFolderBuilder openLoop(
            final int round,
            final String spec,
            final String rate,
            final long due,
            final long answered,
            final long lost,
            final double p50Ns,
            final double p99Ns) {
        return openLoop(round, spec, rate, due, answered, lost, p50Ns, p99Ns, 1_000);
    }

    /**
     * A fork of an open loop; what is neither answered nor lost was never sent. A lateness below 0 is that of the latest message, with
     * no p99.
     */
    public RunFolderBuilder openLoop(
            final int round,
            final String spec,
            final String rate,
            final long due,
            final long answered,
            final long lost,
            final double p50Ns,
            final double p99Ns,
            final double latenessP99Ns) {
        return openLoop(round, spec, rate, due, answered, lost, p50Ns, p99Ns, latenessP99Ns, 0);
    }

    /** The same with messages that were not accepted yet when the time was over. */
    public RunFolderBuilder openLoop(
            final int round,
            final String spec,
            final String rate,
            final long due,
            final long answered,
            final long lost,
            final double p50Ns,
            final double p99Ns,
            final double latenessP99Ns,
            final long backlog) {
        final Map<String, Double> secondary = new LinkedHashMap<>();
        secondary.put("response:p50", p50Ns);
        secondary.put("response:p99", p99Ns);
        secondary.put("response:max", 2 * p99Ns);
        if (latenessP99Ns < 0) {
            secondary.put("lateness:max", -latenessP99Ns);
        } else {
            secondary.put("lateness:p99", latenessP99Ns);
        }
        secondary.put("ledger:due", (double) due);
        secondary.put("ledger:accepted", (double) answered + lost);
        secondary.put("ledger:onTime", (double) answered);
        secondary.put("ledger:lost", (double) lost);
        secondary.put("ledger:backlog", (double) backlog);
        secondary.put("ledger:unsent", (double) due - answered - lost);
        final String metrics = secondary.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\": {\"score\": " + e.getValue()
                        + ", \"scoreError\": \"NaN\", \"scoreUnit\": \"ns\", \"rawData\": [[" + e.getValue() + "]]}")
                .collect(Collectors.joining(", ", "{", "}"));
        return fork(
                round,
                OPEN_LOOP,
                Map.of("transport", spec, "messageBytes", "32", "rate", rate),
                "thrpt",
                "{\"score\": 1000, \"scoreError\": \"NaN\", \"scoreUnit\": \"ops/s\", \"rawData\": [[1000]]}",
                metrics);
    }

    /** A fork over a bad link with these secondary rows, one iteration each. */
    public RunFolderBuilder overLink(
            final int round,
            final String benchmark,
            final Map<String, String> params,
            final Map<String, Double> secondary) {
        final String metrics = secondary.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\": {\"score\": " + e.getValue()
                        + ", \"scoreError\": \"NaN\", \"scoreUnit\": \"ns\", \"rawData\": [[" + e.getValue() + "]]}")
                .collect(Collectors.joining(", ", "{", "}"));
        return fork(
                        round,
                        "io.fizeau.bench.suite." + benchmark,
                        params,
                        "thrpt",
                        "{\"score\": 1000, \"scoreError\": \"NaN\", \"scoreUnit\": \"ops/s\", \"rawData\": [[1000]]}",
                        metrics)
                .note("link", "tun")
                .note("link.verdict", "ok")
                .note("impairment", params.getOrDefault("impair", "none"));
    }

    /** A row of a suite that has figures of its own, each under its own unit. */
    public RunFolderBuilder figures(
            final int round,
            final String benchmark,
            final Map<String, String> params,
            final double perSecond,
            final Map<String, Double> secondary) {
        final String metrics = secondary.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\": {\"score\": " + e.getValue()
                        + ", \"scoreError\": \"NaN\", \"scoreUnit\": \"ns\", \"rawData\": [[" + e.getValue() + "]]}")
                .collect(Collectors.joining(", ", "{", "}"));
        return fork(
                round,
                "io.fizeau.bench.suite." + benchmark,
                params,
                "thrpt",
                "{\"score\": " + perSecond + ", \"scoreError\": \"NaN\", \"scoreUnit\": \"ops/s\", \"rawData\": [["
                        + perSecond + "]]}",
                metrics);
    }

    public RunFolderBuilder fork(
            final int round,
            final String benchmark,
            final Map<String, String> params,
            final String mode,
            final String primary) {
        final String secondary = "{\"gc.alloc.rate.norm\": {\"score\": 0.004, \"scoreError\": \"NaN\", "
                + "\"scoreUnit\": \"B/op\", \"rawData\": [[0.004]]}, \"server:alloc.norm\": {\"score\": 16.0, "
                + "\"scoreError\": \"NaN\", \"scoreUnit\": \"B/op\", \"rawData\": [[16.0]]}}";
        return fork(round, benchmark, params, mode, primary, secondary);
    }

    public RunFolderBuilder fork(
            final int round,
            final String benchmark,
            final Map<String, String> params,
            final String mode,
            final String primary,
            final String secondary) {
        final String file = String.format(Locale.ROOT, "jmh/%03d.json", index);
        final String paramsJson = JSON.valueToTree(params).toString();
        write(
                file,
                "[{\"jmhVersion\": \"1.37\", \"benchmark\": \"" + benchmark + "\", \"mode\": \"" + mode
                        + "\", \"threads\": 1, \"forks\": 1, \"jdkVersion\": \"17.0.15\", \"params\": " + paramsJson
                        + ", \"primaryMetric\": " + primary + ", \"secondaryMetrics\": " + secondary + "}]\n");
        entry(round, file, benchmark, params, "OK", "");
        return this;
    }

    public RunFolderBuilder failed(final int round, final String benchmark, final String spec, final String reason) {
        entry(round, "", benchmark, Map.of("transport", spec, "messageBytes", "32"), "FAILED", reason);
        return this;
    }

    private void entry(
            final int round,
            final String file,
            final String benchmark,
            final Map<String, String> params,
            final String status,
            final String reason) {
        final ObjectNode node = ((ArrayNode) manifest.get("forks")).addObject();
        node.put("index", index++).put("round", round).put("file", file).put("benchmark", benchmark);
        node.set("params", JSON.valueToTree(params));
        node.put("status", status).put("reason", reason);
        planned = Math.max(planned, round + 1);
        finished = Math.max(finished, manifest.get("complete").asBoolean() ? round + 1 : 0);
    }

    /** What disturbed the fork that was added last: one iteration of a second. Each of the three as JSON, braces and all. */
    public RunFolderBuilder noise(final String fork, final String server, final String host) {
        final ObjectNode node = noise.withArray("forks").addObject().put("index", index - 1);
        try {
            node.set(
                    "iterations",
                    JSON.readTree("[{\"iteration\": 1, \"durationMs\": 1000.0, \"fork\": " + fork + ", \"server\": "
                            + server + ", \"host\": " + host + "}]"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A note of the fork that was added last. */
    public RunFolderBuilder note(final String name, final String text) {
        ((ObjectNode) manifest.get("forks").get(index - 1)).withObject("/notes").put(name, text);
        return this;
    }

    /** Writes the manifest and gives the folder. */
    public Path write() {
        if (noise.has("forks")) {
            write("noise.json", noise.put("schema", "fizeau.noise/1").toPrettyString());
        }
        manifest.putObject("rounds")
                .put("planned", planned)
                .put("finished", finished)
                .put("seed", 1);
        write("manifest.json", manifest.toPrettyString());
        return folder;
    }

    public void write(final String file, final String text) {
        try {
            final Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
