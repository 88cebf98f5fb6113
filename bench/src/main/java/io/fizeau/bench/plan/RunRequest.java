package io.fizeau.bench.plan;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.schedule.Arrivals;
import java.util.List;

/**
 * What a user asks for. Lists that are empty mean the profile's choice. Immutable.
 *
 * @param profile how long to measure.
 * @param transports spec strings.
 * @param sizesBytes message sizes.
 * @param rates offered rates of open loops, as {@link io.fizeau.core.schedule.Arrivals#parseRate} reads them.
 * @param suites names of suites, or {@code Class} or {@code Class.method} of any benchmark that is there.
 * @param impair what a bad link does, as {@link io.fizeau.core.impair.Impairment#parse} reads it.
 * @param rounds how many rounds; 0 for the profile's.
 * @param seed the order within each round follows from it.
 * @param server where the server is.
 * @param jmh what follows {@code --}.
 */
public record RunRequest(
        Profile profile,
        List<String> transports,
        List<Integer> sizesBytes,
        List<String> rates,
        List<String> suites,
        List<String> impair,
        int rounds,
        long seed,
        ServerPlace server,
        JmhArguments jmh) {
    private static final int MAX_ROUNDS = 1_000;
    private static final int MAX_SIZE_BYTES = 64 << 20;

    /** Checks the numbers; names are checked when the plan is made. */
    public RunRequest {
        if (rounds < 0 || rounds > MAX_ROUNDS) {
            throw TransportException.badRequest("--rounds " + rounds + " is not allowed: it takes 1 to " + MAX_ROUNDS);
        }
        for (final int size : sizesBytes) {
            if (size < 1 || size > MAX_SIZE_BYTES) {
                throw TransportException.badRequest(
                        "--sizes " + size + " is not allowed: it takes 1 to " + MAX_SIZE_BYTES + " bytes");
            }
        }
        if (server.isAddress() && transports.size() != 1) {
            throw TransportException.badRequest("--server " + server.text()
                    + " is a server of one transport: name just that one with --transports, not " + transports.size());
        }
        transports = List.copyOf(transports);
        sizesBytes = List.copyOf(sizesBytes);
        rates = List.copyOf(rates);
        // Reads them all, so that a wrong one is found before anything runs.
        rates.forEach(rate -> Arrivals.parse("constant", Arrivals.parseRate(rate), 0));
        suites = List.copyOf(suites);
        impair = List.copyOf(impair);
    }

    /**
     * The same with another number of rounds, which holds for every row.
     *
     * @param number at least 1.
     * @return a new request.
     */
    public RunRequest withRounds(final int number) {
        return new RunRequest(profile, transports, sizesBytes, rates, suites, impair, number, seed, server, jmh);
    }

    /**
     * The message sizes that are meant.
     *
     * @return bytes; those of the profile if none were given.
     */
    List<Integer> effectiveSizesBytes() {
        return sizesBytes.isEmpty() ? profile.sizesBytes() : sizesBytes;
    }

    /**
     * The rounds that are meant.
     *
     * @return at least 1.
     */
    int effectiveRounds() {
        return rounds == 0 ? profile.rounds() : rounds;
    }

    /**
     * The suites that are meant: with an impairment those over a bad link.
     *
     * @return names.
     */
    List<String> effectiveSuites() {
        if (!suites.isEmpty()) {
            return suites;
        }
        return impair.isEmpty()
                ? List.of(Suite.ROUNDTRIP.label(), Suite.OPENLOOP.label(), Suite.THROUGHPUT.label())
                : List.of(Suite.LOSSES.label(), Suite.GOODPUT.label(), Suite.BLACKOUT.label());
    }
}
