package io.fizeau.bench.runfolder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;

/**
 * The folder of one run. Every file appears in it whole or not at all: it is written aside and then moved, so that whoever reads
 * while the run goes on, or after it was killed, never sees half a file. Used by one thread.
 */
public final class RunFolder {
    /** The directory with a directory of traces for each fork. */
    public static final String TRACES = "traces";

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path path;
    private final Redaction redaction;
    private final Map<Object, String> merged = new LinkedHashMap<>();
    private boolean keepsTraces;

    private RunFolder(final Path path, final Redaction redaction) {
        this.path = path;
        this.redaction = redaction;
    }

    /**
     * Checks a label, which becomes part of a directory's name.
     *
     * @param label what the user calls the run.
     * @return the label.
     * @throws TransportException if it does not fit; the message says what does.
     */
    public static String checkedLabel(final String label) {
        if (!LABEL.matcher(label).matches()) {
            throw TransportException.badRequest(
                    "--label '" + label
                            + "' is not allowed: it takes up to 64 letters, digits, dots, dashes and underscores, starting with a letter or digit");
        }
        return label;
    }

    /**
     * Makes the folder of a new run.
     *
     * @param runs where run folders are kept; made if it is missing.
     * @param startedAt when the run starts.
     * @param label a checked label.
     * @return the folder, new and empty.
     * @throws TransportException if it cannot be made; the message names it.
     */
    public static RunFolder create(final Path runs, final Instant startedAt, final String label) {
        return create(runs, startedAt, label, Redaction.NONE);
    }

    /**
     * Makes the folder of a new run.
     *
     * @param runs where run folders are kept; made if it is missing.
     * @param startedAt when the run starts.
     * @param label a checked label.
     * @param redaction what is left out of all its files.
     * @return the folder, new and empty.
     * @throws TransportException if it cannot be made; the message names it.
     */
    public static RunFolder create(
            final Path runs, final Instant startedAt, final String label, final Redaction redaction) {
        final String name = TIME.format(startedAt) + '-' + label;
        try {
            Files.createDirectories(runs);
            for (int attempt = 1; ; attempt++) {
                final Path path = runs.resolve(attempt == 1 ? name : name + '-' + attempt);
                try {
                    Files.createDirectory(path);
                    Files.createDirectory(path.resolve("jmh"));
                    return new RunFolder(path, redaction);
                } catch (final FileAlreadyExistsException e) {
                    // Another run with this label started in the same second: the next name.
                    if (attempt == 100) {
                        throw e;
                    }
                }
            }
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    "cannot make the run folder " + runs.resolve(name) + ": "
                            + e.getClass().getSimpleName() + ": " + e.getMessage(),
                    e);
        }
    }

    /**
     * A folder within this one, for the forks of a pilot. They are no part of the run.
     *
     * @return the folder, new and empty.
     * @throws TransportException if it cannot be made; the message names it.
     */
    public RunFolder createPilot() {
        final Path pilot = path.resolve("pilot");
        try {
            Files.createDirectories(pilot.resolve("jmh"));
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, "cannot make " + pilot + ": " + e.getMessage(), e);
        }
        return new RunFolder(pilot, redaction);
    }

    /**
     * Where it is.
     *
     * @return the directory.
     */
    public Path path() {
        return path;
    }

    /**
     * Where JMH's own output goes.
     *
     * @return a file that grows while the run goes on.
     */
    public Path jmhLog() {
        return path.resolve("jmh.log");
    }

    /**
     * Where a fork leaves its histograms.
     *
     * @return a directory that is made by the first fork that has some.
     */
    public Path histograms() {
        return path.resolve("histograms");
    }

    /** Has forks leave traces of their connections here. */
    public void keepTraces() {
        keepsTraces = true;
    }

    /**
     * Where a fork leaves the traces of its connections, and its server too.
     *
     * @param index the fork's place in the order run.
     * @return a directory that is made when there is a trace; empty if none are kept.
     */
    public Optional<Path> traces(final int index) {
        return keepsTraces
                ? Optional.of(path.toAbsolutePath().resolve(TRACES).resolve(forkPrefix(index)))
                : Optional.empty();
    }

    /**
     * What the names of a fork's files start with.
     *
     * @param index the fork's place in the order run.
     * @return three digits or more.
     */
    public static String forkPrefix(final int index) {
        return String.format(Locale.ROOT, "%03d", index);
    }

    /**
     * Keeps the results of one fork.
     *
     * @param index the fork's place in the order run.
     * @param result its result.
     * @return the file, relative to this folder.
     */
    public String writeFork(final int index, final RunResult result) {
        final String file = "jmh/" + forkPrefix(index) + ".json";
        write(file, JmhJson.array(List.of(JmhJson.format(JmhJson.merge(result.getBenchmarkResults())))));
        return file;
    }

    /**
     * Writes the merge of all forks so far.
     *
     * @param row anything that stands for the row that has a new fork.
     * @param forks all of its forks, in the order run.
     */
    public void writeMerged(final Object row, final Collection<BenchmarkResult> forks) {
        merged.put(row, JmhJson.format(JmhJson.merge(forks)));
        write("jmh.json", JmhJson.array(merged.values()));
    }

    /**
     * Writes the manifest as it stands.
     *
     * @param manifest the manifest.
     */
    public void writeManifest(final Manifest manifest) {
        writeObject("manifest.json", manifest);
    }

    /**
     * Keeps the manifest of a server on another host.
     *
     * @param json its text, as {@link FarManifest#read} gave it.
     */
    public void writeFarManifest(final String json) {
        try {
            Files.createDirectories(path.resolve("far"));
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, "cannot make " + path.resolve("far") + ": " + e.getMessage(), e);
        }
        write("far/manifest.json", json);
    }

    /**
     * Writes what disturbed the forks so far.
     *
     * @param noise all of it.
     */
    public void writeNoise(final NoiseFile noise) {
        writeObject("noise.json", noise);
    }

    /**
     * What is left out of the files of this run.
     *
     * @return for files that others write.
     */
    public Redaction redaction() {
        return redaction;
    }

    /**
     * Leaves out of a fork's histograms, which it wrote itself, what is to be left out. Only comments are touched.
     *
     * @param index the fork's place in the order run.
     */
    public void redactHistograms(final int index) {
        if (redaction == Redaction.NONE || !Files.isDirectory(histograms())) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(histograms(), forkPrefix(index) + "*")) {
            for (final Path file : files) {
                final List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                        .map(line -> line.startsWith("#") ? redaction.text(line) : line)
                        .toList();
                move(path.relativize(file).toString(), String.join("\n", lines) + '\n');
            }
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, "cannot redact " + histograms() + ": " + e.getMessage(), e);
        }
    }

    private void writeObject(final String file, final Object content) {
        try {
            write(file, JSON.writeValueAsString(content) + '\n');
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(final String file, final String json) {
        move(file, redaction.json(json));
    }

    private void move(final String file, final String text) {
        final Path target = path.resolve(file);
        final Path aside = path.resolve(file + ".tmp");
        try {
            Files.writeString(aside, text, StandardCharsets.UTF_8);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, "cannot write " + target + ": " + e.getMessage(), e);
        }
    }
}
