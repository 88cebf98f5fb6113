package io.fizeau.results.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.TransportEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a manifest says that two runs ought to share: machine, build, virtual machine and command, by name. What is new with every run,
 * such as a time, a load or a temporary path, is left out. Stateless.
 */
final class ManifestFields {
    /** How the fields of each transport begin. */
    static final String TRANSPORTS = "transports.";

    /** What changes from one moment to the next without anybody changing it. */
    private static final Set<String> MOMENTARY = Set.of(
            "host.cgroup",
            "host.cpuMhzNow",
            "host.loadAverage",
            "host.pressureCpu",
            "host.pressureMemory",
            "host.pressureIo",
            "host.devShmFreeBytes",
            "host.tmpFreeBytes",
            "host.memoryFree",
            "host.memoryAvailable",
            "host.uptime");
    /** Options of the command that name what is measured or where it goes, with a value of their own in each run. */
    private static final Set<String> OWN_OPTIONS = Set.of("--label", "--out", "--runs", "--against", "--seed");

    private static final JsonMapper JSON = new JsonMapper();

    private ManifestFields() {}

    static Map<String, String> of(final Manifest manifest) {
        final Map<String, String> fields = new TreeMap<>();
        put(fields, "topology", manifest.topology());
        put(fields, "profile", manifest.profile());
        put(
                fields,
                "rounds",
                manifest.rounds().planned() == 0 ? "" : "" + manifest.rounds().planned());
        putAll(fields, "build.", manifest.build());
        putAll(fields, "host.", manifest.host());
        putAll(fields, "jvm.", manifest.jvm());
        command(fields, manifest.commandLine());
        for (final TransportEntry transport : manifest.transports()) {
            final String name = TRANSPORTS + transport.spec() + '.';
            fields.put(name + "regime", transport.blocking() ? "blocking" : "spinning");
            put(fields, name + "guarantees", String.join(", ", transport.guarantees()));
        }
        fields.keySet().removeAll(MOMENTARY);
        return fields;
    }

    private static void put(final Map<String, String> fields, final String name, final String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    private static void putAll(
            final Map<String, String> fields, final String prefix, final Map<String, String> values) {
        values.forEach((name, value) -> {
            if (value.startsWith("{")) {
                nested(fields, prefix + name, value);
            } else {
                put(fields, prefix + name, name.equals("arguments") ? withoutOwnPaths(value) : value);
            }
        });
    }

    /** Objects within the manifest are read as their JSON, for example the versions of the libraries. */
    private static void nested(final Map<String, String> fields, final String name, final String json) {
        try {
            JSON.readTree(json)
                    .properties()
                    .forEach(e ->
                            put(fields, name + '.' + e.getKey(), e.getValue().asText()));
        } catch (final JsonProcessingException e) {
            put(fields, name, json);
        }
    }

    /** The harness hands its forks files of their own, by properties that say where. */
    private static String withoutOwnPaths(final String arguments) {
        return Arrays.stream(arguments.split(" ", -1))
                .filter(argument -> !argument.matches("-Dfizeau\\.[A-Za-z]+=/.*"))
                .collect(Collectors.joining(" "));
    }

    /** Each option with its value is a field, so that a difference is short; what is no option stands together. */
    private static void command(final Map<String, String> fields, final List<String> words) {
        final List<String> others = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            final String word = words.get(i);
            final int equals = word.indexOf('=');
            final String option = equals < 0 ? word : word.substring(0, equals);
            if (!word.startsWith("-")) {
                others.add(word);
            } else if (equals > 0) {
                option(fields, option, word.substring(equals + 1));
            } else if (i + 1 < words.size() && !words.get(i + 1).startsWith("-")) {
                option(fields, option, words.get(++i));
            } else {
                option(fields, option, "given");
            }
        }
        put(fields, "command", String.join(" ", others));
    }

    private static void option(final Map<String, String> fields, final String option, final String value) {
        if (!OWN_OPTIONS.contains(option)) {
            put(fields, "command." + option, value);
        }
    }
}
