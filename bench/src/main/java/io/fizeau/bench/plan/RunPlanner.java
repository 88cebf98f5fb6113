package io.fizeau.bench.plan;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns what a user asks for into rows. */
public final class RunPlanner {
    private final BenchmarkCatalog catalog;
    private final Transports registry;

    /**
     * Creates a planner.
     *
     * @param catalog the benchmarks there are.
     * @param registry the transports there are.
     */
    public RunPlanner(final BenchmarkCatalog catalog, final Transports registry) {
        this.catalog = catalog;
        this.registry = registry;
    }

    /**
     * Makes the plan.
     *
     * @param request what a user asks for.
     * @return the plan, with at least one row.
     * @throws TransportException if the request names what is not there, or nothing of it can run here.
     */
    public RunPlan plan(final RunRequest request) {
        final Map<String, Suite> benchmarks = benchmarks(request);
        checkParams(request, benchmarks.keySet());
        final TransportChoice choice = TransportChoice.of(registry, request.transports());
        final Duration forkTime = request.jmh().forkTime(request.profile());
        final long budgetNs =
                request.transports().isEmpty() ? request.profile().budget().toNanos() : Long.MAX_VALUE;
        final Map<String, String> leftOut = new LinkedHashMap<>(choice.leftOut());
        final List<ConfiguredTransport> kept = new ArrayList<>();
        final Set<Row> rows = new LinkedHashSet<>();
        long plannedNs = 0;
        for (final ConfiguredTransport transport : choice.chosen()) {
            final List<Row> more = rowsOf(request, benchmarks, transport, leftOut);
            more.removeAll(rows);
            final int forks = more.stream().mapToInt(Row::rounds).sum();
            final long neededNs = forkTime.plus(RunPlan.FORK_OVERHEAD).toNanos() * forks;
            if (plannedNs + neededNs > budgetNs && !kept.isEmpty()) {
                leftOut.put(
                        transport.spec().text(),
                        "no time for it in the " + budgetNs / 1_000_000_000 + " s of the profile "
                                + request.profile().label() + ": name it in --transports");
            } else if (!more.isEmpty()) {
                plannedNs += neededNs;
                kept.add(transport);
                rows.addAll(more);
            }
        }
        if (rows.isEmpty()) {
            throw TransportException.badRequest("nothing is left to measure: " + leftOut);
        }
        return new RunPlan(List.copyOf(rows), request.effectiveRounds(), request.seed(), kept, leftOut, forkTime);
    }

    private Map<String, Suite> benchmarks(final RunRequest request) {
        final Map<String, Suite> benchmarks = new LinkedHashMap<>();
        for (final String name : request.effectiveSuites()) {
            for (final String benchmark : catalog.find(name)) {
                Suite suite = Suite.ROUNDTRIP;
                for (final Suite candidate : Suite.values()) {
                    suite = candidate.holds(benchmark) ? candidate : suite;
                }
                benchmarks.put(benchmark, suite);
            }
        }
        return benchmarks;
    }

    private void checkParams(final RunRequest request, final Set<String> benchmarks) {
        final Set<String> known = new LinkedHashSet<>();
        benchmarks.forEach(benchmark -> known.addAll(catalog.params(benchmark).keySet()));
        known.removeAll(Params.OPTIONS.keySet());
        for (final String name : request.jmh().paramNames()) {
            if (!known.contains(name)) {
                throw TransportException.badRequest(
                        "-p " + name + "=... names no parameter of these suites: the known ones are "
                                + (known.isEmpty() ? "none" : String.join(", ", known)));
            }
        }
    }

    private List<Row> rowsOf(
            final RunRequest request,
            final Map<String, Suite> benchmarks,
            final ConfiguredTransport transport,
            final Map<String, String> leftOut) {
        final List<Row> rows = new ArrayList<>();
        benchmarks.forEach((benchmark, suite) -> {
            // A number that the user gives holds for every row.
            final int rounds = request.rounds() > 0
                    ? request.rounds()
                    : request.profile().roundsOf(suite, request.effectiveRounds());
            List<Map<String, String>> combinations = List.of(Map.of());
            for (final Map.Entry<String, List<String>> param :
                    catalog.params(benchmark).entrySet()) {
                combinations = multiply(
                        combinations,
                        param.getKey(),
                        values(request, param.getKey(), param.getValue(), transport, leftOut));
            }
            combinations.forEach(
                    params -> rows.add(new Row(benchmark, params, measure(request, benchmark, params), rounds)));
        });
        return rows;
    }

    private static List<String> values(
            final RunRequest request,
            final String param,
            final List<String> defaults,
            final ConfiguredTransport transport,
            final Map<String, String> leftOut) {
        return switch (param) {
            case Params.TRANSPORT -> List.of(transport.spec().text());
            case Params.MESSAGE_BYTES -> sizes(request, transport, leftOut);
            case Params.SERVER -> List.of(request.server().text());
            case Params.IMPAIR -> request.impair().isEmpty() ? given(request, param, defaults) : request.impair();
            case Params.RATE -> request.rates().isEmpty() ? defaults : request.rates();
            case Params.SENDS -> given(request, param, request.profile().sends());
            default -> given(request, param, defaults);
        };
    }

    private static List<String> given(final RunRequest request, final String param, final List<String> otherwise) {
        final List<String> given = List.copyOf(request.jmh().param(param));
        return given.isEmpty() ? otherwise : given;
    }

    private static List<String> sizes(
            final RunRequest request, final ConfiguredTransport transport, final Map<String, String> leftOut) {
        final int maxBytes = transport.guarantees().maxMessageBytes();
        final List<String> sizes = new ArrayList<>();
        for (final int size : request.effectiveSizesBytes()) {
            if (size <= maxBytes) {
                sizes.add(Integer.toString(size));
            } else {
                leftOut.put(
                        transport.spec().text(), size + " B is longer than its longest message of " + maxBytes + " B");
            }
        }
        return sizes;
    }

    /** The method's name, and the parameters that somebody chose: the rest are as the benchmark has them for every row. */
    private String measure(final RunRequest request, final String benchmark, final Map<String, String> params) {
        final StringBuilder text = new StringBuilder(benchmark.substring(benchmark.lastIndexOf('.') + 1));
        params.forEach((name, value) -> {
            final boolean isChosen =
                    catalog.params(benchmark).getOrDefault(name, List.of()).size() > 1
                            || request.jmh().paramNames().contains(name);
            if (name.equals(Params.MESSAGE_BYTES)) {
                text.append(' ').append(value).append(" B");
            } else if (name.equals(Params.RATE)) {
                text.append(' ').append(value).append("/s");
            } else if (isChosen && !Params.OPTIONS.containsKey(name)) {
                text.append(' ').append(value);
            }
        });
        return text.toString();
    }

    private static List<Map<String, String>> multiply(
            final List<Map<String, String>> combinations, final String param, final List<String> values) {
        final List<Map<String, String>> product = new ArrayList<>();
        for (final Map<String, String> combination : combinations) {
            for (final String value : values) {
                final Map<String, String> more = new LinkedHashMap<>(combination);
                more.put(param, value);
                product.add(more);
            }
        }
        return product;
    }
}
