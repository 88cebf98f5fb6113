package io.fizeau.bench.trial;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.load.OpenLoopSettings;
import io.fizeau.core.load.ServiceTime;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.TransportSpec;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.schedule.Arrivals;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.DrivingChoice;
import io.fizeau.core.settings.Option;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * What an open loop's parameters say, as a JMH user writes them. Immutable.
 *
 * @param arrivals when messages fall due.
 * @param deadlineNs after this time a message is late, in nanoseconds.
 * @param connections over how many connections messages go.
 * @param clientThreads 1, 2, or 0 for what suits the transport.
 */
public record OpenLoopTrial(Arrivals arrivals, long deadlineNs, int connections, int clientThreads) {
    private static final double MS_PER_SECOND = 1e3;

    private static final Option<Duration> DEADLINE = Option.duration(
            "deadline",
            Duration.ofSeconds(1),
            Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(1)),
            Duration.ofMinutes(1),
            "after this time a message is late");

    /**
     * Reads them.
     *
     * @param rate messages a second.
     * @param arrivals constant, poisson or burst:N.
     * @param connections over how many connections.
     * @param clientThreads auto, 1 or 2.
     * @param deadline a time with its unit.
     * @param seed what random intervals follow from.
     * @return the record.
     * @throws TransportException if one of them is out of range; the message names it.
     */
    public static OpenLoopTrial parse(
            final String rate,
            final String arrivals,
            final int connections,
            final String clientThreads,
            final String deadline,
            final long seed) {
        return new OpenLoopTrial(
                Arrivals.parse(arrivals, Arrivals.parseRate(rate), seed),
                DEADLINE.parse(deadline).toNanos(),
                connections,
                threads(clientThreads));
    }

    /**
     * Checks the parameters of a row before anything runs; those that it does not have are not looked at.
     *
     * @param params parameter to value.
     * @param registry the transports there are.
     * @throws TransportException if one is out of range; the message names it.
     */
    public static void check(final Map<String, String> params, final Transports registry) {
        ServiceTime.parse(params.getOrDefault("service", TrialSettings.NO_SERVICE));
        if (params.containsKey("rate")) {
            final OpenLoopTrial trial = parse(
                    params.getOrDefault("rate", "1"),
                    params.getOrDefault("arrivals", "constant"),
                    (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number(params, "connections", 1))),
                    params.getOrDefault("clientThreads", "auto"),
                    params.getOrDefault("deadline", DEADLINE.defaultText()),
                    number(params, "seed", 0));
            final ConfiguredTransport transport =
                    registry.resolve(trial.specFor(params.getOrDefault("transport", ""), registry));
            trial.settings(
                    transport.guarantees(),
                    transport.driving().forConnecting(transport.settings().get(CommonOptions.DRIVING)));
        }
    }

    private static long number(final Map<String, String> params, final String name, final int otherwise) {
        final String text = params.getOrDefault(name, Integer.toString(otherwise));
        try {
            return Long.parseLong(text);
        } catch (final NumberFormatException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, name + '=' + text + " is not allowed: it takes a number", e);
        }
    }

    /**
     * How long the longest iteration is, for which a loop has to make room beforehand.
     *
     * @param params the benchmark's.
     * @return seconds.
     */
    public static double longestIterationSeconds(final BenchmarkParams params) {
        return Math.max(
                        params.getMeasurement().getTime().convertTo(TimeUnit.MILLISECONDS),
                        params.getWarmup().getTime().convertTo(TimeUnit.MILLISECONDS))
                / MS_PER_SECOND;
    }

    /**
     * For how long nothing need come without anything being wrong: until the next burst is due and its deadline has passed.
     *
     * @return nanoseconds.
     */
    long patienceNs() {
        return deadlineNs + (long) (arrivals.burst() * TimeUnit.SECONDS.toNanos(1) / arrivals.ratePerSecond());
    }

    /**
     * The spec to open. A transport that sleeps in its poll and wants one thread for sending and polling cannot keep a schedule:
     * it gets a thread of its own, where it offers that and nobody chose otherwise.
     *
     * @param transport a spec string.
     * @return the same, or with driving=own.
     */
    public String specFor(final String transport) {
        return specFor(transport, Transports.installed());
    }

    private String specFor(final String transport, final Transports registry) {
        final ConfiguredTransport resolved = registry.resolve(transport);
        final Guarantees guarantees = resolved.guarantees();
        final boolean isFree = resolved.settings().get(CommonOptions.DRIVING) == DrivingChoice.AUTO;
        final boolean wantsItsOwn = clientThreads == 0
                && guarantees.has(Guarantee.BLOCKING_DELIVERY)
                && !guarantees.has(Guarantee.CONCURRENT_SEND)
                && resolved.driving().connecting().contains(Driving.OWN)
                && resolved.driving().listening().contains(Driving.OWN);
        return isFree && wantsItsOwn
                ? TransportSpec.parse(transport)
                        .with(CommonOptions.DRIVING.name(), "own")
                        .text()
                : transport;
    }

    OpenLoopSettings settings(final Guarantees guarantees, final Driving driving) {
        return new OpenLoopSettings(
                arrivals, deadlineNs, connections, OpenLoopSettings.choose(guarantees, driving, clientThreads));
    }

    private static int threads(final String text) {
        return switch (text) {
            case "auto" -> 0;
            case "1" -> 1;
            case "2" -> 2;
            default ->
                throw TransportException.badRequest("clientThreads=" + text + " is not allowed: it takes auto, 1 or 2");
        };
    }
}
