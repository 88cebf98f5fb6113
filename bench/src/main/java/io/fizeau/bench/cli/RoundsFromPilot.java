package io.fizeau.bench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.plan.Suite;
import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.bench.settings.LaunchSettings;
import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The number of rounds that a pilot leads to. {@code results} computes it, as it does all statistics; it is asked as a program. */
final class RoundsFromPilot {
    /** How many rounds a pilot has. */
    static final int PILOT_ROUNDS = 4;

    private static final long TIMEOUT_S = 60;

    private RoundsFromPilot() {}

    /**
     * Finds out before the pilot whether its outcome could be used.
     *
     * @throws TransportException if there is nothing to compare, or nobody to ask.
     */
    static void check(final LaunchSettings settings, final RunPlan plan) {
        final long compared = plan.rows().stream()
                .filter(row -> Suite.ROUNDTRIP.holds(row.benchmark()))
                .map(row -> row.transport())
                .distinct()
                .count();
        if (compared < 2) {
            throw TransportException.badRequest("--detect is for a comparison of closed round trips, and this run has "
                    + (compared == 0 ? "none" : "those of one transport only")
                    + ": name two transports or more, and the"
                    + " suite roundtrip");
        }
        if (!Files.exists(settings.resultsJar())) {
            throw TransportException.badRequest(
                    "--detect needs " + settings.resultsJar() + ", which computes the rounds and is not built");
        }
    }

    /** Asks what a pilot's folder leads to. */
    static Manifest.Pilot ask(final LaunchSettings settings, final Path pilot, final double share) {
        try {
            final Path answer = Files.createTempFile("fizeau-rounds", ".json");
            try {
                final Process process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                settings.resultsJar().toString(),
                                "rounds",
                                pilot.toString(),
                                "--detect",
                                Double.toString(share))
                        .redirectErrorStream(true)
                        .redirectOutput(answer.toFile())
                        .start();
                if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw failure("took longer than " + TIMEOUT_S + " s");
                }
                final String text = Files.readString(answer, StandardCharsets.UTF_8);
                if (process.exitValue() != 0) {
                    throw failure(text.strip());
                }
                return parse(text);
            } finally {
                Files.deleteIfExists(answer);
            }
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "the number of rounds cannot be asked for: " + e, e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted");
        }
    }

    /** What {@code results rounds} prints: one JSON object with the fields of {@link Manifest.Pilot}. */
    static Manifest.Pilot parse(final String json) {
        try {
            return new ObjectMapper().readValue(json, Manifest.Pilot.class);
        } catch (final JsonProcessingException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "the pilot led to no number of rounds: " + json.strip(), e);
        }
    }

    /** Says before the measurement what it will be. */
    static void print(final PrintStream out, final Manifest.Pilot pilot) {
        pilot.rows().stream()
                .max(Comparator.comparingInt(Manifest.PilotRow::needed))
                .ifPresent(row -> out.printf(
                        Locale.ROOT,
                        "Pilot of %d rounds: the most restless is %s beside %s, whose ratio varies by %.1f %% from round to round"
                                + " (at the most %.1f %%, with 80 %% confidence)%n",
                        pilot.rounds(),
                        row.row(),
                        row.reference(),
                        row.sdLog() * 100,
                        row.sdLogUpper() * 100));
        final String goal = String.format(
                Locale.ROOT, "To detect %s in the closed p50 with power 80 %% takes", percent(pilot.detect()));
        if (pilot.needed() > pilot.chosen()) {
            out.println(goal + ' ' + pilot.needed() + " rounds: more than the most that are run, " + pilot.chosen()
                    + ". These detect " + percent(pilot.detectable()) + '.');
        } else {
            out.println(goal + ' ' + pilot.needed() + " rounds"
                    + (pilot.needed() < pilot.chosen()
                            ? "; no verdict is given below " + pilot.chosen() + ", so " + pilot.chosen() + " are run."
                            : "."));
        }
        out.flush();
    }

    private static String percent(final double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static TransportException failure(final String why) {
        return new TransportException(
                TransportException.NextStep.FAIL_RUN, "the pilot led to no number of rounds: " + why);
    }
}
