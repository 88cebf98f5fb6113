package io.fizeau.bench.doctor;

import io.fizeau.core.host.OpenFiles;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.TransportSpec;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Availability;
import io.fizeau.transports.keys.KeyFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What transports, their layers and some choices of their options need of this host, and how many connections a process may have.
 * Stateless.
 */
final class TransportExamination {
    /** As many as the suite of connections opens at each end, and some for everything else. */
    private static final long WANTED_FILES = 10_200;

    /** A choice that not every host has: what a person calls it, the option, the value. */
    private record Choice(String subject, String option, String value) {}

    private static final List<Choice> CHOICES = List.of(
            new Choice("virtual threads", "threads", "virtual"), new Choice("Conscrypt", "provider", "conscrypt"));

    private TransportExamination() {}

    static List<Finding> findings() {
        return findings(
                Transports.installed(),
                OpenFiles.most(),
                KeyFolder.availability(Settings.of("keys", List.of(KeyFolder.KEYS), Map.of())));
    }

    static List<Finding> findings(final Transports registry, final OptionalLong openFiles, final Availability keys) {
        final List<Finding> findings = new ArrayList<>();
        findings.add(openFiles(openFiles));
        findings.add(
                keys.isAvailable()
                        ? Finding.ok("keys", "there, and closed to others")
                        : Finding.warn("keys", "none for TLS and sealed messages", keys.reason()));
        CHOICES.forEach(
                choice -> chosen(registry, choice).ifPresent(transport -> findings.add(found(choice, transport))));
        // One line for a reason that many share.
        final Map<String, List<String>> missing = new LinkedHashMap<>();
        registry.transports()
                .keySet()
                .forEach(name -> add(missing, name, registry.resolve(name).availability()));
        registry.layers()
                .forEach((name, layer) ->
                        add(missing, '+' + name, layer.availability(Settings.of(name, layer.options(), Map.of()))));
        findings.add(
                missing.isEmpty()
                        ? Finding.ok("transports", "all can run here, and all layers")
                        : Finding.ok("transports", "all can run here but those that follow"));
        missing.forEach(
                (reason, names) -> findings.add(Finding.warn(String.join(", ", names), "cannot run here", reason)));
        return findings;
    }

    private static void add(
            final Map<String, List<String>> missing, final String name, final Availability availability) {
        if (!availability.isAvailable()) {
            missing.computeIfAbsent(availability.reason(), reason -> new ArrayList<>())
                    .add(name);
        }
    }

    private static Finding openFiles(final OptionalLong most) {
        if (most.isEmpty()) {
            return Finding.ok("open files", "no limit is known here");
        }
        final String text = "a process may have " + most.getAsLong();
        return most.getAsLong() < WANTED_FILES
                ? Finding.warn(
                        "open files",
                        text,
                        "10000 connections need " + WANTED_FILES
                                + " at each end: ulimit -Hn 20000 as root, or nofile in"
                                + " /etc/security/limits.conf (docker: --ulimit nofile=20000)")
                : Finding.ok("open files", text);
    }

    /** The first transport that has the choice. */
    private static Optional<ConfiguredTransport> chosen(final Transports registry, final Choice choice) {
        return registry.transports().values().stream()
                .filter(transport -> transport.options().stream()
                        .anyMatch(option -> option.name().equals(choice.option)
                                && option.choices().contains(choice.value)))
                .findFirst()
                .map(transport ->
                        registry.resolve(TransportSpec.parse(transport.name()).with(choice.option, choice.value)));
    }

    private static Finding found(final Choice choice, final ConfiguredTransport transport) {
        final Availability availability = transport.availability();
        return Finding.ok(
                choice.subject,
                availability.isAvailable()
                        ? "can be had: " + transport
                        : "not to be had as in " + transport + ": " + availability.reason());
    }
}
