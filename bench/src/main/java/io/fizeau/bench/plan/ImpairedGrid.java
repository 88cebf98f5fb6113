package io.fizeau.bench.plan;

import io.fizeau.bench.underlay.Underlay;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.transport.Guarantee;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which impairments, congestion controls and time-out floors the suites over a bad link measure.
 *
 * <p>The full grid, that of the thorough profile: loss 0, 0.1, 1, 5 and 20 % each way, independent and in bursts of 4; a round trip of
 * 2 and of 20 ms; over TCP with reno, cubic and bbr, and for latencies with a time-out floor of 200 and of 5 ms.
 *
 * <p>The other profiles leave out, so that the quick one fits 15 minutes: loss of 20 %, where next to nothing gets through; bursts but
 * for 1 % at 20 ms; of the round trip of 2 ms all but the latencies at 0 and 1 %; reno and bbr but for the open loop at 1 % and for
 * goodput (and bbr in a blackout); the floor of 5 ms but for the closed loop at 2 ms; goodput at 5 %; loss 0 of the closed loop, which
 * is {@code roundtrip}'s.
 *
 * <p>Our own protocols over datagrams have few rows unless they are named. In the quick profile: the open loop at 20 ms with 1 % loss for those with
 * a window, the closed loop at 2 ms with 1 % for {@code arq-selective} and for the one without a window, and goodput with 1 % for
 * {@code arq-selective}. In the others: these three for each that can have them, and for {@code arq-selective} those without loss and the blackout;
 * in the thorough one it has the whole grid. What has no window to choose cannot keep the open loop's rate up at 20 ms, and what does
 * not promise to deliver is in the open loop only.
 */
final class ImpairedGrid {
    /** The parameters that a cell decides. */
    static final Set<String> PARAMS = Set.of(Params.IMPAIR, Params.CONGESTION, Params.RTO_MIN);

    private static final String CUBIC = "cubic";
    private static final String RENO = "reno";
    private static final String BBR = "bbr";
    private static final List<String> CONGESTIONS = List.of(RENO, CUBIC, BBR);
    private static final String USUAL_FLOOR = "200ms";
    private static final String LOW_FLOOR = "5ms";

    private static final String SHORT = "delay=1ms";
    private static final String LONG = "delay=10ms";
    /** Of goodput: what a relay and two ends on a few processors carry in time, with a queue of a round trip of 20 ms. */
    private static final String RATE = ":rate=100mbit:queue=256k";

    private static final List<String> LOSSES = List.of("0.1%", "1%", "5%", "20%");
    private static final int BURST = 4;
    private static final String CLOSED = ".closed";

    private ImpairedGrid() {}

    /**
     * The cells of a benchmark.
     *
     * @param request what the user has chosen of it, and the profile.
     * @param benchmark its full name.
     * @param transport what is measured; what is not the kernel's TCP has neither congestion control nor floor to choose.
     * @return a value for each of {@link #PARAMS}.
     */
    static List<Map<String, String>> cells(
            final RunRequest request, final String benchmark, final ConfiguredTransport transport) {
        final Underlay underlay = Underlay.of(transport.transport());
        final boolean isTcp = underlay == Underlay.TCP;
        if (benchmark.endsWith(CLOSED) && !transport.guarantees().has(Guarantee.RELIABLE)) {
            return List.of();
        }
        final List<String> impair =
                request.impair().isEmpty() ? List.copyOf(request.jmh().param(Params.IMPAIR)) : request.impair();
        final boolean isFew = underlay == Underlay.DATAGRAMS
                && request.transports().isEmpty()
                && !(isBest(transport) && request.profile() == Profile.THOROUGH);
        final boolean isFull = request.profile() == Profile.THOROUGH && !isFew;
        final Set<Cell> cells = new LinkedHashSet<>();
        if (impair.isEmpty()) {
            cells.addAll(
                    isFull
                            ? full(benchmark)
                            : isFew
                                    ? few(benchmark, transport, request.profile() == Profile.QUICK)
                                    : chosen(benchmark));
        } else {
            for (final String text : impair) {
                (isFull ? CONGESTIONS : List.of(CUBIC))
                        .forEach(congestion -> cells.add(new Cell(text, congestion, USUAL_FLOOR)));
            }
        }
        final List<String> congestions = List.copyOf(request.jmh().param(Params.CONGESTION));
        final List<String> floors = List.copyOf(request.jmh().param(Params.RTO_MIN));
        final Set<Cell> given = new LinkedHashSet<>();
        for (final Cell cell : cells) {
            for (final String congestion : congestions.isEmpty() ? List.of(cell.congestion) : congestions) {
                for (final String floor : floors.isEmpty() ? List.of(cell.floor) : floors) {
                    final boolean pins = isTcp && !Impairment.parse(cell.impair).isNone();
                    given.add(new Cell(cell.impair, pins ? congestion : Underlay.HOST, pins ? floor : Underlay.HOST));
                }
            }
        }
        return given.stream().map(Cell::params).toList();
    }

    /** Whether a value needs no mention where a row is named. */
    static boolean isUsual(final String value) {
        return value.equals(Underlay.HOST) || value.equals("none") || value.equals(USUAL_FLOOR);
    }

    private static List<Cell> full(final String benchmark) {
        final boolean isGoodput = Suite.GOODPUT.holds(benchmark);
        final List<Cell> cells = new ArrayList<>();
        for (final String delay : List.of(SHORT, LONG)) {
            final String link = isGoodput ? delay + RATE : delay;
            final List<String> impairments = new ArrayList<>(List.of(link));
            if (!Suite.BLACKOUT.holds(benchmark)) {
                for (final String loss : LOSSES) {
                    impairments.add(independent(loss, link));
                    impairments.add(bursts(loss, link));
                }
            }
            for (final String impairment : impairments) {
                for (final String congestion : CONGESTIONS) {
                    cells.add(new Cell(impairment, congestion, USUAL_FLOOR));
                    if (!isGoodput) {
                        cells.add(new Cell(impairment, congestion, LOW_FLOOR));
                    }
                }
            }
        }
        return cells;
    }

    private static List<Cell> chosen(final String benchmark) {
        final String one = independent("1%", LONG);
        if (Suite.BLACKOUT.holds(benchmark)) {
            return List.of(cubic(LONG), new Cell(LONG, BBR, USUAL_FLOOR));
        }
        if (Suite.GOODPUT.holds(benchmark)) {
            final List<Cell> cells = new ArrayList<>();
            final String link = LONG + RATE;
            for (final String impairment : List.of(link, independent("0.1%", link), independent("1%", link))) {
                CONGESTIONS.forEach(congestion -> cells.add(new Cell(impairment, congestion, USUAL_FLOOR)));
            }
            return cells;
        }
        if (benchmark.endsWith(CLOSED)) {
            final String near = independent("1%", SHORT);
            return List.of(cubic(near), cubic(one), new Cell(near, CUBIC, LOW_FLOOR));
        }
        return List.of(
                cubic(SHORT),
                cubic(independent("1%", SHORT)),
                cubic(LONG),
                cubic(one),
                new Cell(one, RENO, USUAL_FLOOR),
                new Cell(one, BBR, USUAL_FLOOR),
                cubic(bursts("1%", LONG)),
                cubic(independent("5%", LONG)));
    }

    private static List<Cell> few(final String benchmark, final ConfiguredTransport transport, final boolean isQuick) {
        final boolean isBest = isBest(transport);
        final boolean isReliable = transport.guarantees().has(Guarantee.RELIABLE);
        final boolean hasWindow = transport.transport().options().stream()
                .anyMatch(option -> option.name().equals("window"));
        final List<Cell> cells = new ArrayList<>();
        if (Suite.BLACKOUT.holds(benchmark)) {
            addIf(!isQuick && isBest, cells, LONG);
        } else if (Suite.GOODPUT.holds(benchmark)) {
            addIf(!isQuick && isBest, cells, LONG + RATE);
            addIf(isBest || (!isQuick && isReliable), cells, independent("1%", LONG + RATE));
        } else if (benchmark.endsWith(CLOSED)) {
            addIf(isBest || !hasWindow || !isQuick, cells, independent("1%", SHORT));
        } else {
            addIf(!isQuick && isBest, cells, LONG);
            addIf(isReliable ? hasWindow : !isQuick, cells, independent("1%", LONG));
        }
        return cells;
    }

    private static void addIf(final boolean isMeant, final List<Cell> cells, final String impairment) {
        if (isMeant) {
            cells.add(cubic(impairment));
        }
    }

    /** The one that is meant to be good stands beside TCP and Aeron in more rows. */
    private static boolean isBest(final ConfiguredTransport transport) {
        return transport.transport().name().equals("arq-selective");
    }

    private static Cell cubic(final String impairment) {
        return new Cell(impairment, CUBIC, USUAL_FLOOR);
    }

    private static String independent(final String loss, final String delay) {
        return Impairment.parse("loss=" + loss + ':' + delay).text();
    }

    private static String bursts(final String loss, final String delay) {
        return Impairment.parse("loss=" + loss + ":burst=" + BURST + ':' + delay)
                .text();
    }

    /**
     * One combination.
     *
     * @param impair what the link does.
     * @param congestion TCP's congestion control.
     * @param floor its time-out floor.
     */
    private record Cell(String impair, String congestion, String floor) {
        Map<String, String> params() {
            final Map<String, String> params = new LinkedHashMap<>();
            params.put(Params.IMPAIR, impair);
            params.put(Params.CONGESTION, congestion);
            params.put(Params.RTO_MIN, floor);
            return params;
        }
    }
}
