package io.fizeau.results.history;

import io.fizeau.results.run.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has to be the same for two runs to be of one series.
 *
 * @param facts by name: processor, how many of them, kernel, JDK, topology; what the manifest does not say is empty.
 */
record Machine(Map<String, String> facts) {
    static Machine of(final Manifest manifest) {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cpu", manifest.host().getOrDefault("cpuModel", ""));
        facts.put("processors", manifest.host().getOrDefault("availableProcessors", ""));
        facts.put("kernel", kernel(manifest.host().getOrDefault("kernel", "")));
        facts.put("jdk", manifest.jvm().getOrDefault("javaVersion", ""));
        facts.put("topology", manifest.topology());
        return new Machine(facts);
    }

    /** {@return what this one has other than the one before} A fact that either does not say is no change. */
    List<String> changesSince(final Machine before) {
        final List<String> changes = new ArrayList<>();
        facts.forEach((name, value) -> {
            final String old = before.facts.getOrDefault(name, "");
            if (isKnown(value) && isKnown(old) && !value.equals(old)) {
                changes.add(name + ": " + old + " to " + value);
            }
        });
        return changes;
    }

    private static boolean isKnown(final String value) {
        return !value.isEmpty() && !value.startsWith("unavailable");
    }

    /** Linux names its builder and compiler as well. */
    private static String kernel(final String text) {
        return text.replaceFirst("^Linux version (\\S+).*", "$1");
    }
}
