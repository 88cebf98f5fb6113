package io.fizeau.transports.link.kernel;

import io.fizeau.core.impair.Direction;
import io.fizeau.transports.link.command.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A queueing discipline for each direction on the loopback (tc(8)): a root that does not limit, a class a direction told by its
 * addresses, and the discipline below it. What belongs to neither passes directly. Stateless.
 */
public final class TrafficClasses {
    private static final String UNLIMITED = "100gbit";

    /**
     * What a discipline counted.
     *
     * @param packets packets that left it.
     * @param drops packets that it dropped.
     */
    public record Counts(long packets, long drops) {
        /** Nothing. */
        public static final Counts ZERO = new Counts(0, 0);
    }

    private TrafficClasses() {}

    /** Takes all of them away. */
    public static void clear() {
        Command.run("tc", "qdisc", "del", "dev", Loopback.DEVICE, "root");
    }

    /** Makes the root, below which {@link #add} adds. */
    public static void makeRoot() {
        tc(List.of("qdisc", "add", "dev", Loopback.DEVICE, "root", "handle", "1:", "htb"));
    }

    /**
     * Adds the discipline of a direction.
     *
     * @param direction the direction.
     * @param discipline its words, such as {@code tbf rate 50mbit ...}.
     */
    public static void add(final Direction direction, final List<String> discipline) {
        commands(direction, discipline).forEach(TrafficClasses::tc);
    }

    static List<List<String>> commands(final Direction direction, final List<String> discipline) {
        final String id = "1:" + number(direction);
        final List<String> leaf = new ArrayList<>(
                List.of("qdisc", "add", "dev", Loopback.DEVICE, "parent", id, "handle", number(direction) + ":"));
        leaf.addAll(discipline);
        return List.of(
                List.of(
                        "class",
                        "add",
                        "dev",
                        Loopback.DEVICE,
                        "parent",
                        "1:",
                        "classid",
                        id,
                        "htb",
                        "rate",
                        UNLIMITED),
                leaf,
                List.of(
                        "filter",
                        "add",
                        "dev",
                        Loopback.DEVICE,
                        "parent",
                        "1:",
                        "protocol",
                        "ip",
                        "u32",
                        "match",
                        "ip",
                        "src",
                        Loopback.source(direction) + "/32",
                        "match",
                        "ip",
                        "dst",
                        Loopback.destination(direction) + "/32",
                        "flowid",
                        id));
    }

    /**
     * What the discipline of a direction counted.
     *
     * @param direction the direction.
     * @return its counts since it was added, all 0 if there is none.
     */
    public static Counts counts(final Direction direction) {
        return counts(Command.must(List.of("tc", "-s", "-j", "qdisc", "show", "dev", Loopback.DEVICE)), direction);
    }

    static Counts counts(final String json, final Direction direction) {
        final Matcher found = Pattern.compile(
                        "\"handle\":\"" + number(direction) + ":\".*?\"packets\":(\\d+),\"drops\":(\\d+)")
                .matcher(json);
        return found.find() ? new Counts(Long.parseLong(found.group(1)), Long.parseLong(found.group(2))) : Counts.ZERO;
    }

    private static String number(final Direction direction) {
        return direction == Direction.TO_SERVER ? "10" : "20";
    }

    private static void tc(final List<String> words) {
        final List<String> command = new ArrayList<>(List.of("tc"));
        command.addAll(words);
        Command.must(command);
    }
}
