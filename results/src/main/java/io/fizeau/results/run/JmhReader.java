package io.fizeau.results.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a JSON file that JMH wrote ({@code -rf json}), of any project. The form is that of JMH 1.37; earlier ones that only lack
 * fields are read too. Stateless.
 *
 * @implNote A run folder of 200 rows holds some 150 MB of such files, most of it histograms, so that they are read as a stream and
 *     never as a tree; the benchmark of {@code docs/comparing.md} is the reason.
 */
public final class JmhReader {
    private static final String LACKS = "is not a JMH result: entry %d lacks \"benchmark\" or \"primaryMetric\"";

    private JmhReader() {}

    /**
     * {@return its results in the order of the file, at least one}
     *
     * @param file what JMH wrote.
     *
     * @throws ResultsException if the file cannot be read, is no JSON, or no JMH result.
     */
    public static List<JmhResult> read(final Path file) {
        // What is wrong with the JSON is said before what is wrong with its content.
        final Optional<List<JmhResult>> results = JsonFile.parse(file, json -> results(file, json));
        if (results.isEmpty()) {
            throw new ResultsException(file, "is not a JMH result: a JSON array was expected");
        }
        if (results.get().isEmpty()) {
            throw new ResultsException(
                    file, "holds no result: an empty JSON array, as JMH writes when every benchmark failed");
        }
        return List.copyOf(results.get());
    }

    private static Optional<List<JmhResult>> results(final Path file, final JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return Optional.empty();
        }
        final List<JmhResult> results = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            results.add(result(file, results.size(), json));
        }
        return Optional.of(results);
    }

    private static JmhResult result(final Path file, final int index, final JsonParser json) throws IOException {
        String benchmark = "";
        String mode = "";
        String jdkVersion = "";
        int threads = 1;
        Map<String, String> params = Map.of();
        Metric primary = null;
        final Map<String, Metric> secondary = new HashMap<>();
        if (!json.isExpectedStartObjectToken()) {
            throw new ResultsException(file, String.format(LACKS, index));
        }
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "benchmark" -> benchmark = text(json);
                case "mode" -> mode = text(json);
                case "jdkVersion" -> jdkVersion = text(json);
                case "threads" -> threads = (int) whole(json, 1);
                case "params" -> params = JsonFile.textMap(json.readValueAsTree());
                case "primaryMetric" -> primary = json.isExpectedStartObjectToken() ? metric(json) : null;
                case "secondaryMetrics" -> secondary(json, secondary);
                default -> json.skipChildren();
            }
        }
        if (benchmark.isEmpty() || primary == null) {
            throw new ResultsException(file, String.format(LACKS, index));
        }
        return new JmhResult(benchmark, mode, threads, jdkVersion, params, primary, secondary);
    }

    private static void secondary(final JsonParser json, final Map<String, Metric> metrics) throws IOException {
        if (json.isExpectedStartObjectToken()) {
            for (String label = json.nextFieldName(); label != null; label = json.nextFieldName()) {
                json.nextToken();
                metrics.put(label, metric(json));
            }
        } else {
            json.skipChildren();
        }
    }

    private static Metric metric(final JsonParser json) throws IOException {
        double score = Double.NaN;
        double scoreError = Double.NaN;
        String unit = "";
        final List<ForkData> values = new ArrayList<>();
        final List<ForkData> histograms = new ArrayList<>();
        if (json.isExpectedStartObjectToken()) {
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                switch (field) {
                    case "score" -> score = number(json);
                    case "scoreError" -> scoreError = number(json);
                    case "scoreUnit" -> unit = text(json);
                    case "rawData" -> elements(json, () -> values.add(fork(json)));
                    case "rawDataHistogram" -> elements(json, () -> histograms.add(forkOfSamples(json)));
                    default -> json.skipChildren();
                }
            }
        } else {
            json.skipChildren();
        }
        return new Metric(score, scoreError, unit, histograms.isEmpty() ? values : histograms);
    }

    private static ForkData fork(final JsonParser json) throws IOException {
        final List<Double> iterations = new ArrayList<>();
        elements(json, () -> iterations.add(number(json)));
        return ForkData.ofValues(iterations);
    }

    private static ForkData forkOfSamples(final JsonParser json) throws IOException {
        final List<Samples> iterations = new ArrayList<>();
        elements(json, () -> iterations.add(samples(json)));
        return ForkData.ofSamples(iterations);
    }

    /** Each pair is a value and how often it was seen. Written out: a run folder has millions of them. */
    private static Samples samples(final JsonParser json) throws IOException {
        final Samples.Builder samples = new Samples.Builder();
        if (!json.isExpectedStartArrayToken()) {
            json.skipChildren();
            return samples.build();
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (!json.isExpectedStartArrayToken()) {
                json.skipChildren();
                continue;
            }
            double value = Double.NaN;
            long count = 0;
            for (int at = 0; json.nextToken() != JsonToken.END_ARRAY; at++) {
                switch (at) {
                    case 0 -> value = number(json);
                    case 1 -> count = whole(json, 0);
                    default -> json.skipChildren();
                }
            }
            samples.add(value, count);
        }
        return samples.build();
    }

    /** What is done with one element of an array: it takes the whole of the element. */
    @FunctionalInterface
    private interface Element {
        void read() throws IOException;
    }

    /** What is no array has no elements. */
    private static void elements(final JsonParser json, final Element element) throws IOException {
        if (json.isExpectedStartArrayToken()) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                element.read();
            }
        } else {
            json.skipChildren();
        }
    }

    /** Numbers and booleans are text too; anything else is an empty string. */
    private static String text(final JsonParser json) throws IOException {
        json.skipChildren();
        return json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL ? json.getText() : "";
    }

    private static long whole(final JsonParser json, final long absent) throws IOException {
        json.skipChildren();
        return json.getValueAsLong(absent);
    }

    private static double number(final JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_STRING -> JsonFile.numberNamed(json.getText());
            default -> {
                json.skipChildren();
                yield Double.NaN;
            }
        };
    }
}
