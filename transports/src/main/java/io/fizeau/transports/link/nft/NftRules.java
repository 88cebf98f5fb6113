package io.fizeau.transports.link.nft;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.OneWay;
import io.fizeau.transports.link.kernel.Loopback;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules of netfilter for a schedule: a chain a direction, in which a counter of packets is looked up in a map of those to drop. They drop
 * at the input, where to the sender a packet is on its way; on its way out he would be told. Stateless.
 */
final class NftRules {
    private static final String TABLE = "fizeau";
    /** Longer than any fork that measures loss under it, and still loaded in a fraction of a second. */
    private static final int MOST_LOST = 20_000;

    private static final int LEAST_PACKETS = 20_000;
    private static final int MOST_PACKETS = 1_000_000;

    /** About 100 bytes each, of 208 KiB that a socket has by default. */
    private static final int ELEMENTS_AT_ONCE = 1000;

    private NftRules() {}

    /** After how many packets the schedule of a direction begins again. */
    static int period(final OneWay way) {
        final double wanted = MOST_LOST / Math.max(way.loss().ratio(), 1e-9);
        final long last =
                way.drops().isEmpty() ? 0 : way.drops().get(way.drops().size() - 1) + 1;
        return (int) Math.min(MOST_PACKETS, Math.max((double) Math.max(LEAST_PACKETS, last), wanted));
    }

    /**
     * All rules, in place of those that are there: what nft has to load one after the other. A transaction has to fit into the send
     * buffer of a socket, which an ordinary user cannot make larger than the system's limit.
     */
    static List<String> scripts(final Impairment impairment) {
        final List<String> scripts = new ArrayList<>();
        scripts.add(rules(impairment));
        for (final Direction direction : Direction.values()) {
            final int[] lost = lost(impairment, direction);
            for (int from = 0; from < lost.length; from += ELEMENTS_AT_ONCE) {
                scripts.add(elements(direction, lost, from, Math.min(lost.length, from + ELEMENTS_AT_ONCE)));
            }
        }
        return scripts;
    }

    private static String rules(final Impairment impairment) {
        final StringBuilder script = new StringBuilder("table ip " + TABLE + "\ndelete table ip " + TABLE + "\n");
        script.append("table ip ").append(TABLE).append(" {\n");
        for (final Direction direction : Direction.values()) {
            final String name = name(direction);
            for (final String counter : new String[] {"seen_", "lost_", "dark_"}) {
                script.append(" counter ").append(counter).append(name).append(" { }\n");
            }
            script.append(" chain drop_")
                    .append(name)
                    .append(" {\n  counter name lost_")
                    .append(name)
                    .append(" drop\n }\n");
            script.append(" chain blackout_").append(name).append(" {\n }\n");
            final boolean isLossy = lost(impairment, direction).length > 0;
            final String index = "numgen inc mod " + period(impairment.direction(direction));
            if (isLossy) {
                script.append(" map schedule_")
                        .append(name)
                        .append(" {\n  typeof ")
                        .append(index)
                        .append(" : verdict\n }\n");
            }
            script.append(" chain way_")
                    .append(name)
                    .append(" {\n  counter name seen_")
                    .append(name)
                    .append("\n");
            if (isLossy) {
                script.append("  ")
                        .append(index)
                        .append(" vmap @schedule_")
                        .append(name)
                        .append("\n");
            }
            script.append("  jump blackout_").append(name).append("\n }\n");
        }
        script.append(" chain input {\n  type filter hook input priority 0; policy accept;\n");
        for (final Direction direction : Direction.values()) {
            script.append("  ip saddr ")
                    .append(Loopback.source(direction))
                    .append(" ip daddr ")
                    .append(Loopback.destination(direction))
                    .append(" jump way_")
                    .append(name(direction))
                    .append("\n");
        }
        return script.append(" }\n}\n").toString();
    }

    private static String elements(final Direction direction, final int[] lost, final int from, final int until) {
        final String name = name(direction);
        final StringBuilder script = new StringBuilder("add element ip " + TABLE + " schedule_" + name + " { ");
        for (int i = from; i < until; i++) {
            script.append(i == from ? "" : ", ")
                    .append(lost[i])
                    .append(" : jump drop_")
                    .append(name);
        }
        return script.append(" }\n").toString();
    }

    private static int[] lost(final Impairment impairment, final Direction direction) {
        return impairment.lostOfFirst(direction, period(impairment.direction(direction)));
    }

    /** The rules that begin a blackout. */
    static String darken() {
        final StringBuilder script = new StringBuilder();
        for (final Direction direction : Direction.values()) {
            final String name = name(direction);
            script.append("add rule ip " + TABLE + " blackout_")
                    .append(name)
                    .append(" counter name dark_")
                    .append(name)
                    .append(" drop\n");
        }
        return script.toString();
    }

    /** The commands that end one. */
    static String lighten() {
        final StringBuilder script = new StringBuilder();
        for (final Direction direction : Direction.values()) {
            script.append("flush chain ip " + TABLE + " blackout_")
                    .append(name(direction))
                    .append("\n");
        }
        return script.toString();
    }

    /** How many packets a counter has seen, of what {@code nft -j list counters} prints. */
    static long counter(final String json, final String counter, final Direction direction) {
        final Matcher found = Pattern.compile(
                        "\"name\": \"" + counter + '_' + name(direction) + "\"[^}]*\"packets\": (\\d+)")
                .matcher(json);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private static String name(final Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }
}
