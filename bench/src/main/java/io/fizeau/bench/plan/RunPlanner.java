package io.fizeau.bench.plan;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.host.OpenFiles;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.Guarantee;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns what a user asks for into rows. */
public final class RunPlanner {
    private static final String FANNED_OUT = ".fannedOut";

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
        if (request.server().isAddress() && benchmarks.containsValue(Suite.SECURITY)) {
            throw TransportException.badRequest(
                    "--server " + request.server().text()
                            + " is a server of one transport, and the suite security measures two beside each other: leave it out");
        }
        checkParams(request, benchmarks.keySet());
        final TransportChoice choice =
                TransportChoice.of(registry, request.transports(), ofSuites(request, benchmarks));
        final long budgetNs = request.transports().isEmpty()
                ? request.profile().budget(benchmarks.values()).toNanos()
                : Long.MAX_VALUE;
        final Map<String, String> leftOut = new LinkedHashMap<>(choice.leftOut());
        final Map<String, ConfiguredTransport> kept = new LinkedHashMap<>();
        final Set<Row> rows = new LinkedHashSet<>();
        long plannedNs = 0;
        for (final ConfiguredTransport transport : choice.chosen()) {
            final Map<Row, ConfiguredTransport> more = rowsOf(request, benchmarks, transport, leftOut);
            more.keySet().removeAll(rows);
            final long neededNs = more.keySet().stream()
                    .mapToLong(row -> row.rounds()
                            * forkTime(request, row).plus(RunPlan.FORK_OVERHEAD).toNanos())
                    .sum();
            if (plannedNs + neededNs > budgetNs && !kept.isEmpty()) {
                leftOut.put(
                        transport.spec().text(),
                        "no time for it in the " + budgetNs / 1_000_000_000 + " s of the profile "
                                + request.profile().label() + ": name it in --transports");
            } else if (!more.isEmpty()) {
                plannedNs += neededNs;
                more.values().forEach(of -> kept.putIfAbsent(of.spec().text(), of));
                rows.addAll(more.keySet());
            }
        }
        if (rows.isEmpty()) {
            throw TransportException.badRequest("nothing is left to measure: " + leftOut);
        }
        return new RunPlan(
                List.copyOf(rows),
                request.effectiveRounds(),
                request.seed(),
                List.copyOf(kept.values()),
                leftOut,
                meanForkTime(request, rows));
    }

    private static Duration forkTime(final RunRequest request, final Row row) {
        return request.jmh().forkTime(request.profile(), Suite.of(row.benchmark()));
    }

    private static Duration meanForkTime(final RunRequest request, final Set<Row> rows) {
        long ns = 0;
        long forks = 0;
        for (final Row row : rows) {
            ns += row.rounds() * forkTime(request, row).toNanos();
            forks += row.rounds();
        }
        return Duration.ofNanos(ns / forks);
    }

    private Map<String, Suite> benchmarks(final RunRequest request) {
        final Map<String, Suite> benchmarks = new LinkedHashMap<>();
        for (final String name : request.effectiveSuites()) {
            for (final String benchmark : catalog.find(name)) {
                benchmarks.put(benchmark, Suite.of(benchmark));
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

    /** Transports that suites name by themselves, beside those that every suite may take. */
    private List<String> ofSuites(final RunRequest request, final Map<String, Suite> benchmarks) {
        final Set<String> specs = new LinkedHashSet<>();
        benchmarks.forEach((benchmark, suite) -> {
            if (request.transports().isEmpty() && suite.hasOwnTransports() && !suite.isOverLink()) {
                specs.addAll(catalog.params(benchmark).getOrDefault(Params.TRANSPORT, List.of()));
            }
        });
        return List.copyOf(specs);
    }

    /** The rows that a transport brings, each with what it measures: the transport, or what it is compared with. */
    private Map<Row, ConfiguredTransport> rowsOf(
            final RunRequest request,
            final Map<String, Suite> benchmarks,
            final ConfiguredTransport transport,
            final Map<String, String> leftOut) {
        final Map<Row, ConfiguredTransport> rows = new LinkedHashMap<>();
        benchmarks.forEach((benchmark, suite) -> {
            if (!isMeant(request, benchmark, suite, transport, leftOut)) {
                return;
            }
            if (suite == Suite.SECURITY) {
                final Optional<ConfiguredTransport> bare = Comparand.of(registry, transport, leftOut);
                bare.ifPresent(without -> {
                    addRows(rows, request, benchmark, suite, without, leftOut);
                    addRows(rows, request, benchmark, suite, transport, leftOut);
                });
            } else {
                addRows(rows, request, benchmark, suite, transport, leftOut);
            }
        });
        return rows;
    }

    private void addRows(
            final Map<Row, ConfiguredTransport> rows,
            final RunRequest request,
            final String benchmark,
            final Suite suite,
            final ConfiguredTransport transport,
            final Map<String, String> leftOut) {
        // A number that the user gives holds for every row.
        final int rounds =
                request.rounds() > 0 ? request.rounds() : request.profile().roundsOf(suite, request.effectiveRounds());
        List<Map<String, String>> combinations =
                suite.isOverLink() ? ImpairedGrid.cells(request, benchmark, transport) : List.of(Map.of());
        for (final Map.Entry<String, List<String>> param :
                catalog.params(benchmark).entrySet()) {
            if (!suite.isOverLink() || !ImpairedGrid.PARAMS.contains(param.getKey())) {
                combinations = multiply(
                        combinations,
                        param.getKey(),
                        values(request, suite, param.getKey(), param.getValue(), transport, leftOut));
            }
        }
        if (suite == Suite.CONNECTIONS) {
            combinations = SharedConnections.added(request, combinations, transport);
        }
        combinations = inOrder(combinations, catalog.params(benchmark).keySet());
        combinations.forEach(
                params -> rows.put(new Row(benchmark, params, measure(request, benchmark, params), rounds), transport));
    }

    /** A link has two ends; and where nobody names transports, a suite may name its own. */
    private boolean isMeant(
            final RunRequest request,
            final String benchmark,
            final Suite suite,
            final ConfiguredTransport transport,
            final Map<String, String> leftOut) {
        final String spec = transport.spec().text();
        if (suite.isOverLink() && !transport.guarantees().has(Guarantee.CROSSES_HOSTS)) {
            leftOut.put(spec, "its messages never cross a network, so no link can lose them");
            return false;
        }
        final List<String> usual = catalog.params(benchmark).getOrDefault(Params.TRANSPORT, List.of());
        if (!request.transports().isEmpty() || !suite.hasOwnTransports()) {
            return (!request.transports().isEmpty() || TransportChoice.isUsual(spec))
                    && canDo(benchmark, suite, transport, leftOut);
        }
        if (suite.isOverLink() && !usual.contains(spec)) {
            leftOut.put(
                    spec,
                    "over a bad link " + String.join(" and ", usual) + " are measured unless others are named:"
                            + " name it in --transports");
        }
        return usual.contains(spec);
    }

    private static boolean canDo(
            final String benchmark,
            final Suite suite,
            final ConfiguredTransport transport,
            final Map<String, String> leftOut) {
        final String spec = transport.spec().text();
        if (suite == Suite.CONNECTIONS && !transport.guarantees().has(Guarantee.RELIABLE)) {
            leftOut.put(spec, "many connections are measured over transports that promise to deliver");
            return false;
        }
        if (benchmark.endsWith(FANNED_OUT) && !transport.guarantees().has(Guarantee.DUPLEX)) {
            leftOut.put(spec, "no " + FANNED_OUT.substring(1) + ": its server does not speak unless it is asked");
            return false;
        }
        return true;
    }

    /** The parameters in the benchmark's own order, whatever order they were decided in. */
    private static List<Map<String, String>> inOrder(
            final List<Map<String, String>> combinations, final Set<String> params) {
        final List<Map<String, String>> ordered = new ArrayList<>();
        for (final Map<String, String> combination : combinations) {
            final Map<String, String> row = new LinkedHashMap<>();
            for (final String param : params) {
                final String value = combination.get(param);
                if (value != null) {
                    row.put(param, value);
                }
            }
            ordered.add(row);
        }
        return ordered;
    }

    private static List<String> values(
            final RunRequest request,
            final Suite suite,
            final String param,
            final List<String> defaults,
            final ConfiguredTransport transport,
            final Map<String, String> leftOut) {
        return switch (param) {
            case Params.TRANSPORT -> List.of(transport.spec().text());
            case Params.MESSAGE_BYTES ->
                suite.hasOwnTransports() && request.sizesBytes().isEmpty()
                        ? fitting(defaults, transport, leftOut)
                        : sizes(request, transport, leftOut);
            case Params.SERVER -> List.of(request.server().text());
            case Params.RATE -> request.rates().isEmpty() ? defaults : request.rates();
            case Params.SENDS ->
                given(
                        request,
                        param,
                        suite.hasOwnTransports() ? defaults : request.profile().sends());
            case Params.CONNECTIONS ->
                suite == Suite.CONNECTIONS
                        ? given(request, param, possible(request, defaults, transport, leftOut))
                        : given(request, param, defaults);
            default -> given(request, param, defaults);
        };
    }

    private static List<String> fitting(
            final List<String> sizes, final ConfiguredTransport transport, final Map<String, String> leftOut) {
        final int maxBytes = transport.guarantees().maxMessageBytes();
        final List<String> fitting = sizes.stream()
                .filter(size -> Integer.parseInt(size) <= maxBytes)
                .toList();
        sizes.stream()
                .filter(size -> !fitting.contains(size))
                .forEach(size -> leftOut.put(
                        transport.spec().text(), size + " B is longer than its longest message of " + maxBytes + " B"));
        return fitting;
    }

    private static List<String> possible(
            final RunRequest request,
            final List<String> connections,
            final ConfiguredTransport transport,
            final Map<String, String> leftOut) {
        final List<String> possible = new ArrayList<>();
        for (final String count : request.profile().connections(connections)) {
            OpenFiles.hindrance(Long.parseLong(count), request.server().endsHere())
                    .ifPresentOrElse(why -> leftOut.put(transport.spec().text(), why), () -> possible.add(count));
        }
        return possible;
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
            final List<String> defaults = catalog.params(benchmark).getOrDefault(name, List.of());
            final boolean isChosen =
                    defaults.size() > 1 || request.jmh().paramNames().contains(name);
            if (name.equals(Params.MESSAGE_BYTES)) {
                text.append(' ').append(value).append(" B");
            } else if (name.equals(Params.RATE)) {
                text.append(' ').append(value).append("/s");
            } else if (ImpairedGrid.PARAMS.contains(name)) {
                text.append(ImpairedGrid.isUsual(value) ? "" : ' ' + value);
            } else if (name.equals(Params.CLIENT_THREADS) && !defaults.contains(value)) {
                text.append(' ').append(value).append(" threads");
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
