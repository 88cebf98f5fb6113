package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.instrument.Expectation;
import io.fizeau.bench.instrument.Experiment;
import io.fizeau.bench.instrument.Laboratory;
import io.fizeau.bench.instrument.Outcome;
import io.fizeau.bench.instrument.traffic.LinkQuestions;
import io.fizeau.core.transport.Availability;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.Links;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Plain traffic over a bad link, of which the answer is known. Each link that is there is asked in a network namespace of its own; one
 * that is not is skipped with the reason.
 */
final class BadLink implements Experiment {
    /** Of 20 000 datagrams, at 1 % and seed 42. */
    static final int KNOWN_DROPS = 212;

    private static final int FIRST_DROP = 112;
    private static final String MS = "ms";
    private static final String MBIT = "Mbit/s";

    private final String name;
    private final String description;
    private final Duration plannedTime;
    private final List<String> links;
    private final String question;
    private final BiFunction<String, Map<String, Double>, List<Outcome>> judge;

    private BadLink(
            final String name,
            final String description,
            final Duration plannedTime,
            final List<String> links,
            final String question,
            final BiFunction<String, Map<String, Double>, List<Outcome>> judge) {
        this.name = name;
        this.description = description;
        this.plannedTime = plannedTime;
        this.links = List.copyOf(links);
        this.question = question;
        this.judge = judge;
    }

    /** Independent loss takes the same packets on each link. */
    static Experiment drops() {
        return new BadLink(
                "link-drops",
                "20 000 datagrams at 1 % and seed 42",
                Duration.ofSeconds(12),
                List.of("tun", "nft", "udp-proxy"),
                LinkQuestions.DROPS,
                (link, seen) -> List.of(
                        Expectation.within(KNOWN_DROPS, 0, "of 20000")
                                .judge("link-drops", link + ": missing", number(seen, "missing"), ""),
                        Expectation.within(FIRST_DROP, 0, "")
                                .judge("link-drops", link + ": the first one missing", number(seen, "first"), "")));
    }

    /** A delay each way is added to a round trip twice. */
    static Experiment delay() {
        return new BadLink(
                "link-delay",
                "10 ms each way, TCP ping-pong",
                Duration.ofSeconds(4),
                List.of("tun"),
                LinkQuestions.DELAY,
                (link, seen) -> List.of(Expectation.withinPercent(20, 5, MS)
                        .judge("link-delay", link + ": median round trip grows by", number(seen, "added.ms"), "")));
    }

    /** One lost segment costs one retransmission time-out (RFC 6298), of which the floor is pinned. */
    static Experiment lostSegment() {
        return new BadLink(
                "link-rto",
                "one dropped segment of a TCP ping-pong, RTO floor 200 ms",
                Duration.ofSeconds(4),
                List.of("tun"),
                LinkQuestions.RTO,
                (link, seen) -> List.of(
                        Expectation.within(1, 0, "")
                                .judge("link-rto", link + ": slow responses", number(seen, "slow"), ""),
                        new Expectation("200 to 230 ms", 215, 200, 230, MS, "")
                                .judge("link-rto", link + ": the slow one", number(seen, "slowest.ms"), ""),
                        Expectation.within(1, 0, "")
                                .judge(
                                        "link-rto",
                                        link + ": RetransSegs grows by",
                                        number(seen, "retransmitted"),
                                        "")));
    }

    /** 50 Mbit/s of frames, of which 66 bytes of 1514 are headers of TCP with time stamps, and 42 are those of UDP. */
    static Experiment rate() {
        return new BadLink(
                "link-rate",
                "a token bucket of 50 Mbit/s at MTU 1500",
                Duration.ofSeconds(14),
                List.of("nft"),
                LinkQuestions.RATE,
                (link, seen) -> List.of(
                        Expectation.withinPercent(47.8, 1, MBIT)
                                .judge("link-rate", link + ": payload of TCP", number(seen, "tcp.mbit"), ""),
                        Expectation.withinPercent(48.6, 1, MBIT)
                                .judge("link-rate", link + ": payload of UDP", number(seen, "udp.mbit"), "")));
    }

    /** Reno's goodput falls with the square root of the loss (M. Mathis et al., ACM CCR 27(3), 1997). */
    static Experiment reno() {
        return new BadLink(
                "link-reno",
                "reno over RTT 20 ms at 0.05 to 1 % loss",
                Duration.ofSeconds(90),
                List.of("tun"),
                LinkQuestions.RENO,
                (link, seen) -> List.of(Expectation.within(-0.50, 0.06, "")
                        .judge("link-reno", link + ": slope of goodput over loss, log-log", slope(seen), text(seen))));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Duration plannedTime() {
        return plannedTime;
    }

    @Override
    public List<Outcome> run(final Laboratory laboratory) {
        final List<Outcome> outcomes = new ArrayList<>();
        for (final String link : links) {
            final LinkKind kind = Links.named(link);
            final Availability availability = laboratory.here(kind::availability);
            if (availability.isAvailable()) {
                outcomes.addAll(judge.apply(link, laboratory.here(() -> LinkAnswers.ask(kind, question))));
            } else {
                outcomes.add(Outcome.skipped(name, link, availability.reason()));
            }
        }
        return outcomes;
    }

    private static double number(final Map<String, Double> seen, final String name) {
        return seen.getOrDefault(name, Double.NaN);
    }

    /** Least squares through the logarithms. */
    private static double slope(final Map<String, Double> seen) {
        double n = 0;
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        for (final Map.Entry<String, Double> point : seen.entrySet()) {
            final double x = Math.log(Double.parseDouble(point.getKey().substring(LinkQuestions.LOSS.length())));
            final double y = Math.log(point.getValue());
            n++;
            sumX += x;
            sumY += y;
            sumXx += x * x;
            sumXy += x * y;
        }
        return (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
    }

    private static String text(final Map<String, Double> seen) {
        final List<String> points = new ArrayList<>();
        seen.forEach((loss, mbit) ->
                points.add(loss.substring(LinkQuestions.LOSS.length()) + " %: " + Expectation.text(mbit, MBIT)));
        return String.join(", ", points);
    }
}
