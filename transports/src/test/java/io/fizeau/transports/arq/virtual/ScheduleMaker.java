package io.fizeau.transports.arq.virtual;

import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.Loss;
import io.fizeau.core.impair.OneWay;
import io.fizeau.core.impair.PathLimits;
import io.fizeau.core.impair.Window;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.SessionSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Draws a {@link Schedule}: each kind of trouble is absent in most of them, and all mixtures come. */
final class ScheduleMaker {
    static final long US = 1_000;
    static final long MS = 1_000_000;
    static final long SECOND = 1_000_000_000;

    /** Time enough for the time-outs to grow, however many datagrams in a row are lost. */
    private static final long LONG_IDLE_NS = 1_000 * SECOND;

    private static final long SHORT_IDLE_NS = 8 * SECOND;
    private static final long CONNECT_NS = 2_000_000 * SECOND;
    private static final int LONGEST_CONTROL = 512;
    private static final int PACKETS = 96;
    private static final int FRAMING_BYTES = 42;
    private static final int MOST_LOST_PPM = 200_000;
    private static final int FEW_LOST_PPM = 10_000;
    private static final int NEAR = 40;

    private final long seed;
    private final MechanismKind kind;
    private final Dice dice;
    private final boolean isShortIdle;
    private final int payload;
    private final int datagram;

    ScheduleMaker(final long seed, final MechanismKind kind) {
        this.seed = seed;
        this.kind = kind;
        dice = new Dice(seed);
        isShortIdle = dice.isOneIn(8);
        payload = dice.isOneIn(10) ? dice.between(8, 12) : dice.between(8, 120);
        datagram = kind.overheadBytes() + payload;
    }

    Schedule make() {
        final int longest = kind.fragments() ? dice.between(0, 4 * payload) : dice.between(0, payload - Integer.BYTES);
        final SessionSettings settings = new SessionSettings(
                kind,
                longest,
                datagram,
                dice.isOneIn(4) ? dice.between(2, 4) : dice.between(2, 64),
                dice.isOneIn(3),
                false,
                CONNECT_NS,
                isShortIdle ? SHORT_IDLE_NS : LONG_IDLE_NS);
        final OneWay there = way(MOST_LOST_PPM);
        final OneWay back = switch (dice.below(4)) {
            case 0 -> there;
            case 1 -> plain(there.delayNs()); // trouble in one direction only: what is acknowledged arrives
            default -> way(MOST_LOST_PPM);
        };
        final boolean isTurned = dice.isOneIn(2);
        return new Schedule(
                seed,
                settings,
                new Impairment(isTurned ? back : there, isTurned ? there : back, dice.next(), true),
                new PathLimits(PACKETS, Math.max(datagram, LONGEST_CONTROL), 0, FRAMING_BYTES),
                windows(6, longestDark()),
                windows(6, longestDark()),
                start(),
                first(),
                first(),
                traffic(longest, false),
                traffic(longest, dice.isOneIn(3) && Promise.of(kind).isReliable()),
                dice.isOneIn(2) ? 1 : dice.between(2, 16),
                dice.isOneIn(5) ? dice.between(1_000, isShortIdle ? FEW_LOST_PPM : 300_000) : 0,
                dice.isOneIn(2));
    }

    private long longestDark() {
        return isShortIdle ? SECOND : 4 * SECOND;
    }

    private OneWay way(final int mostLostPpm) {
        final long delay = delay();
        final boolean reorders = dice.isOneIn(3);
        final boolean isSlow = dice.isOneIn(5);
        return new OneWay(
                loss(isShortIdle ? FEW_LOST_PPM : mostLostPpm),
                List.of(),
                List.of(),
                delay,
                dice.isOneIn(3) ? (long) (delay * (dice.below(100) / 100.0)) : 0,
                reorders ? dice.between(10_000, 300_000) : 0,
                reorders ? dice.between(1, 12) : 0,
                reorders ? dice.time(10 * US, 20 * MS) : 0,
                dice.isOneIn(4) ? dice.between(1_000, 300_000) : 0,
                dice.isOneIn(4) ? dice.between(1_000, isShortIdle ? FEW_LOST_PPM : 100_000) : 0,
                isSlow ? dice.time(500_000, 1_000_000_000) : 0,
                isSlow ? (long) dice.between(3, 40) * (Math.max(datagram, LONGEST_CONTROL) / 2 + FRAMING_BYTES) : 0);
    }

    private OneWay plain(final long delayNs) {
        return new OneWay(new Loss.None(), List.of(), List.of(), delayNs, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private long delay() {
        return dice.isOneIn(6) ? 0 : dice.time(US, 20 * MS);
    }

    private Loss loss(final int mostPpm) {
        final int ppm = dice.between(1_000, mostPpm);
        return switch (dice.below(6)) {
            case 0, 1 -> new Loss.None();
            case 2, 3 -> new Loss.Independent(ppm);
            case 4 -> new Loss.TimedBursts(ppm, dice.time(100 * US, 50 * MS));
            default -> new Loss.Bursts(ppm, 1 + dice.below(100) / 100.0);
        };
    }

    /** In one of so many schedules there are some. */
    private List<Window> windows(final int oneIn, final long longestNs) {
        final List<Window> windows = new ArrayList<>();
        if (dice.isOneIn(oneIn)) {
            for (int i = dice.between(1, 3); i > 0; i--) {
                windows.add(new Window(dice.time(US, 400 * MS), dice.time(100 * US, longestNs)));
            }
        }
        windows.sort(Comparator.comparingLong(Window::fromNs));
        return windows;
    }

    private long start() {
        return switch (dice.below(3)) {
            case 0 -> 0;
            case 1 -> -dice.time(US, SECOND); // the clock passes zero
            default -> dice.next() >> 2;
        };
    }

    private int first() {
        return switch (dice.below(4)) {
            case 0 -> (int) dice.next();
            case 1 -> Integer.MAX_VALUE - dice.below(NEAR);
            default -> -1 - dice.below(NEAR);
        };
    }

    private Traffic traffic(final int longest, final boolean answers) {
        final boolean isPaced = dice.isOneIn(2);
        return new Traffic(
                dice.next(),
                dice.isOneIn(6) ? 0 : dice.between(1, 40),
                longest,
                isPaced ? dice.between(1, 8) : Integer.MAX_VALUE,
                isPaced ? dice.time(US, 100 * MS) : 0,
                answers,
                dice.isOneIn(2) ? dice.between(1, 6) : Integer.MAX_VALUE,
                windows(4, 2 * SECOND),
                dice.isOneIn(5) ? dice.between(10_000, 500_000) : 0);
    }
}
