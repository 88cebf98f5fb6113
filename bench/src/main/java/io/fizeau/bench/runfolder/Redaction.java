package io.fizeau.bench.runfolder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fizeau.bench.settings.UserIdentity;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Leaves out of a run folder who ran it and where: names of hosts, the user's name, the path of the user's home, the numbers of
 * containers, what the kernel was told of its first process. A name counts where it stands as a word. In JSON only texts are changed, never names of fields, numbers, or what {@code results} goes by.
 * Immutable and thread-safe.
 */
public final class Redaction {
    /** Changes nothing. */
    public static final Redaction NONE = new Redaction(List.of(), List.of());

    private static final String HOST = "<host>";
    private static final String USER = "<user>";
    private static final String HOME = "~";
    /** It names nobody, and is a word of every kernel's command line. */
    private static final String ROOT = "root";

    private static final String LOCALHOST = "localhost";

    /** Fields by which a reader finds its way: a host called tcp must not rename a transport. Of these only paths are left out. */
    private static final Set<String> IDENTIFIERS = Set.of(
            "schema",
            "profile",
            "topology",
            "spec",
            "name",
            "transport",
            "guarantees",
            "regime",
            "verdict",
            "file",
            "benchmark",
            "status",
            "mode",
            "scoreUnit");

    /**
     * What a field of its own says about who runs the machine: the container's number, and behind the kernel's own words the first
     * process and its arguments.
     */
    private static final Map<String, Replacement> OF_THE_HOST = Map.of(
            "cgroup",
            new Replacement(Pattern.compile("[^/;]*/[0-9a-f]{32,}"), "<id>"),
            "kernelCommandLine",
            new Replacement(Pattern.compile(" (rd)?init=\\S+| -- .*"), ""));

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            // Every digit that JMH wrote stays.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final List<Replacement> paths;
    private final List<Replacement> all;

    private Redaction(final List<Replacement> paths, final List<Replacement> names) {
        this.paths = paths;
        this.all = new ArrayList<>(paths);
        all.addAll(names);
    }

    /**
     * What to leave out.
     *
     * @param hostNames of this host and of others that were named; empty ones and {@code localhost} are passed over.
     * @param user who runs it.
     * @return the redaction.
     */
    public static Redaction of(final Collection<String> hostNames, final UserIdentity user) {
        final List<Replacement> paths = new ArrayList<>();
        if (user.home().length() > 1) {
            paths.add(new Replacement(Pattern.compile(Pattern.quote(user.home()) + "(?![A-Za-z0-9_])"), HOME));
        }
        final List<Replacement> names = new ArrayList<>();
        hostNames.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !name.startsWith(LOCALHOST))
                .distinct()
                // A name with its domain before the name alone.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .forEach(name -> names.add(Replacement.ofWord(name, HOST)));
        if (!user.name().isEmpty() && !user.name().equals(ROOT)) {
            names.add(Replacement.ofWord(user.name(), USER));
        }
        return new Redaction(paths, names);
    }

    /**
     * Changes a text for people.
     *
     * @param text any.
     * @return the same without the names.
     */
    public String text(final String text) {
        return apply(all, text);
    }

    /**
     * Changes a JSON document.
     *
     * @param document the text of one.
     * @return the same without the names; formatted anew, unless nothing is to be changed at all.
     */
    String json(final String document) {
        if (all.isEmpty()) {
            return document;
        }
        try {
            return JSON.writeValueAsString(redacted("", JSON.readTree(document))) + '\n';
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("what is to be redacted is no JSON", e);
        }
    }

    /**
     * Changes what is written for people, line by line.
     *
     * @param to where it goes.
     * @return a stream to write to instead.
     */
    public OutputStream filter(final OutputStream to) {
        return all.isEmpty() ? to : new Lines(to);
    }

    private JsonNode redacted(final String field, final JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (final Map.Entry<String, JsonNode> entry : object.properties()) {
                entry.setValue(redacted(entry.getKey(), entry.getValue()));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, redacted(field, array.get(i)));
            }
        } else if (node.isTextual()) {
            final String named = apply(IDENTIFIERS.contains(field) ? paths : all, node.textValue());
            final Replacement ofHost = OF_THE_HOST.get(field);
            return TextNode.valueOf(ofHost == null ? named : apply(List.of(ofHost), named));
        }
        return node;
    }

    private static String apply(final List<Replacement> replacements, final String text) {
        String result = text;
        for (final Replacement replacement : replacements) {
            result = replacement.pattern.matcher(result).replaceAll(replacement.by);
        }
        return result;
    }

    /**
     * What is left out, and what stands in its place.
     *
     * @param pattern of it.
     * @param by a text without special characters.
     */
    private record Replacement(Pattern pattern, String by) {
        static Replacement ofWord(final String word, final String by) {
            return new Replacement(Pattern.compile("(?<![A-Za-z0-9_])" + Pattern.quote(word) + "(?![A-Za-z0-9_])"), by);
        }
    }

    /** Holds back the last line until it is whole. */
    private final class Lines extends FilterOutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(final OutputStream to) {
            super(to);
        }

        @Override
        public void write(final int one) throws IOException {
            line.write(one);
            if (one == '\n') {
                writeLine();
            }
        }

        @Override
        public void close() throws IOException {
            writeLine();
            super.close();
        }

        private void writeLine() throws IOException {
            out.write(text(line.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
            line.reset();
        }
    }
}
