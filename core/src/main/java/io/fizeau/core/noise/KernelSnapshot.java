package io.fizeau.core.noise;

import io.fizeau.core.host.HostFiles;
import io.fizeau.core.host.ProtocolCounters;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What the kernel had counted at one moment, see proc(5). Each counter is a text: a number, or why it cannot be read. Immutable.
 *
 * @param steal ticks stolen, by processor.
 * @param involuntary involuntary context switches, by thread of this process.
 * @param pressureUs microseconds in which some thread waited for a processor.
 * @param datagramDrops datagrams that found their socket's buffer full, IPv4 and IPv6.
 * @param backlogDrops packets that found the kernel's backlog full.
 * @param load the load average.
 */
record KernelSnapshot(
        Map<String, Long> steal,
        Map<String, Long> involuntary,
        String pressureUs,
        String datagramDrops,
        String backlogDrops,
        String load) {
    private static final String STAT = "/proc/stat";
    private static final String TASKS = "/proc/self/task";
    private static final String PRESSURE = "/proc/pressure/cpu";
    private static final String SNMP = "/proc/net/snmp";
    private static final String SNMP6 = "/proc/net/snmp6";
    private static final String SOFTNET = "/proc/net/softnet_stat";
    private static final String LOAD = "/proc/loadavg";
    private static final String SWITCHES = "nonvoluntary_ctxt_switches";
    private static final int STEAL = 8;
    private static final int DROPPED = 1;
    private static final int HEX = 16;
    /** Of the counters in /proc/stat: USER_HZ, which is 100 on every architecture that Java runs on. */
    private static final double TICK_MS = 10;

    private static final double US_PER_MS = 1_000;

    static KernelSnapshot read(final HostFiles files) {
        return new KernelSnapshot(
                steal(files.text(STAT)),
                involuntary(files),
                pressure(files.text(PRESSURE)),
                datagramDrops(files),
                backlogDrops(files.text(SOFTNET)),
                load(files.text(LOAD)));
    }

    /** The differences; a counter that is missing at either edge is unavailable, and one that ran backwards is too. */
    Map<NoiseFigure, NoiseValue> since(final KernelSnapshot earlier) {
        final Map<NoiseFigure, NoiseValue> values = new EnumMap<>(NoiseFigure.class);
        values.put(
                NoiseFigure.STEAL,
                steal.isEmpty() || earlier.steal.isEmpty()
                        ? NoiseValue.unavailable(STAT + " tells no steal time")
                        : NoiseValue.of(steal.entrySet().stream()
                                        .mapToLong(increaseSince(earlier.steal))
                                        .max()
                                        .orElse(0)
                                * TICK_MS));
        values.put(
                NoiseFigure.INVOLUNTARY,
                involuntary.isEmpty() || earlier.involuntary.isEmpty()
                        ? NoiseValue.unavailable(TASKS + " tells no " + SWITCHES)
                        : NoiseValue.of(involuntary.entrySet().stream()
                                .mapToLong(increaseSince(earlier.involuntary))
                                .sum()));
        values.put(NoiseFigure.PRESSURE, difference(pressureUs, earlier.pressureUs, US_PER_MS));
        values.put(NoiseFigure.DATAGRAM_DROPS, difference(datagramDrops, earlier.datagramDrops, 1));
        values.put(NoiseFigure.BACKLOG_DROPS, difference(backlogDrops, earlier.backlogDrops, 1));
        values.put(NoiseFigure.LOAD, NoiseValue.parse(load));
        return values;
    }

    /** Clamped at zero: a thread's number may go to another thread. What is new starts at zero. */
    private static ToLongFunction<Map.Entry<String, Long>> increaseSince(final Map<String, Long> earlier) {
        return entry -> Math.max(0, entry.getValue() - earlier.getOrDefault(entry.getKey(), 0L));
    }

    private static NoiseValue difference(final String now, final String before, final double unit) {
        if (!HostFiles.isKnown(now) || !HostFiles.isKnown(before)) {
            return NoiseValue.unavailable(HostFiles.isKnown(now) ? before : now);
        }
        final long difference = Long.parseLong(now) - Long.parseLong(before);
        return difference < 0
                ? NoiseValue.unavailable("the counter fell from " + before + " to " + now)
                : NoiseValue.of(difference / unit);
    }

    private static Map<String, Long> steal(final String stat) {
        final Map<String, Long> ticks = new HashMap<>();
        stat.lines().filter(line -> line.matches("cpu\\d+ .*")).forEach(line -> {
            final String[] fields = line.split("\\s+", -1);
            if (fields.length > STEAL) {
                addNumber(ticks, fields[0], fields[STEAL]);
            }
        });
        return ticks;
    }

    private static Map<String, Long> involuntary(final HostFiles files) {
        final Map<String, Long> switches = new HashMap<>();
        for (final String task : files.names(TASKS)) {
            // A thread that ends meanwhile has no number any more, and its last switches are lost.
            addNumber(switches, task, files.field(TASKS + '/' + task + "/status", SWITCHES));
        }
        return switches;
    }

    private static void addNumber(final Map<String, Long> to, final String name, final String text) {
        final long number = number(text);
        if (number >= 0) {
            to.put(name, number);
        }
    }

    private static String pressure(final String text) {
        if (!HostFiles.isKnown(text)) {
            return text;
        }
        final String some = text.lines()
                .filter(line -> line.startsWith("some "))
                .findFirst()
                .orElse("");
        final String total = some.substring(some.lastIndexOf('=') + 1).strip();
        return number(total) >= 0 ? total : HostFiles.UNAVAILABLE + PRESSURE + " has no total of 'some'";
    }

    /** IPv6 has a file of its own, which a host may lack. */
    private static String datagramDrops(final HostFiles files) {
        final String text = files.text(SNMP);
        if (!HostFiles.isKnown(text)) {
            return text;
        }
        final long dropped = ProtocolCounters.parse(text, "Udp").getOrDefault("RcvbufErrors", -1L);
        if (dropped >= 0) {
            return Long.toString(dropped + datagramDrops6(files.text(SNMP6)));
        }
        return HostFiles.UNAVAILABLE + SNMP + " has no RcvbufErrors of Udp";
    }

    private static long datagramDrops6(final String text) {
        return text.lines()
                .map(line -> line.split("\\s+", -1))
                .filter(fields -> fields.length == 2 && fields[0].equals("Udp6RcvbufErrors"))
                .mapToLong(fields -> Math.max(0, number(fields[1])))
                .sum();
    }

    /** A line for each processor, in hexadecimal: processed, dropped, ... */
    private static String backlogDrops(final String text) {
        if (!HostFiles.isKnown(text)) {
            return text;
        }
        try {
            return Long.toString(text.lines()
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(fields -> fields.length > DROPPED)
                    .mapToLong(fields -> Long.parseLong(fields[DROPPED], HEX))
                    .sum());
        } catch (final NumberFormatException e) {
            return HostFiles.UNAVAILABLE + SOFTNET + " has another form";
        }
    }

    private static String load(final String text) {
        return HostFiles.isKnown(text) ? text.split("\\s+", 2)[0] : text;
    }

    /** A number that does not run backwards, or -1. */
    private static long number(final String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (final NumberFormatException e) {
            return -1;
        }
    }
}
