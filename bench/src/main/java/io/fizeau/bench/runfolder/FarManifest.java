package io.fizeau.bench.runfolder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.host.HostManifest;
import io.fizeau.core.host.JvmManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The manifest of a server on another host: {@code fizeau serve} writes it there, the user brings it here, and a run keeps it as
 * {@code far/manifest.json}. Stateless.
 */
public final class FarManifest {
    /** The form of the file. */
    public static final String SCHEMA = "fizeau.far/1";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private FarManifest() {}

    /**
     * Writes what is to be known of this host and this JVM.
     *
     * @param file where to.
     * @param transport the spec that is served.
     * @param build what serves it.
     * @throws TransportException if the file cannot be written; the message names it.
     */
    public static void write(final Path file, final String transport, final BuildFacts build) {
        final Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("schema", SCHEMA);
        manifest.put("startedAt", Instant.now().toString());
        manifest.put("transport", transport);
        manifest.put("build", build);
        manifest.put("host", HostManifest.read());
        manifest.put("jvm", JvmManifest.read());
        try {
            Files.writeString(file, JSON.writeValueAsString(manifest) + '\n');
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    "--manifest " + file + " cannot be written: " + e.getClass().getSimpleName() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * What the host of such a file is called.
     *
     * @param text of the file, as {@link #read} gives it.
     * @return its name; empty if it does not say.
     */
    public static String hostName(final String text) {
        try {
            return JSON.readTree(text).path("host").path("hostName").asText();
        } catch (final IOException e) {
            throw new IllegalArgumentException("no manifest of a server", e);
        }
    }

    /**
     * Reads such a file, as it is.
     *
     * @param file where it is.
     * @return its text.
     * @throws TransportException if it is not there, or is no such manifest; the message names it.
     */
    public static String read(final Path file) {
        try {
            final String text = Files.readString(file);
            final JsonNode root = JSON.readTree(text);
            if (!root.path("schema").asText().equals(SCHEMA)) {
                throw TransportException.badRequest(
                        "--far-manifest " + file + " is no manifest of a server: it has no schema \"" + SCHEMA
                                + "\"; 'fizeau serve --manifest FILE' writes one");
            }
            return text;
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    "--far-manifest " + file + " cannot be read: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }
}
