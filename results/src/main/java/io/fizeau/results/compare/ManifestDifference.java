package io.fizeau.results.compare;

/**
 * One thing in which the manifests of two sides differ.
 *
 * @param field its path, for example {@code host.cpuModel}.
 * @param base what the base says; several sessions that differ among themselves, joined; empty if it says nothing.
 * @param candidate what the candidate says.
 */
public record ManifestDifference(String field, String base, String candidate) {}
