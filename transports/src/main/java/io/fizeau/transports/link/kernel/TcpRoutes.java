package io.fizeau.transports.link.kernel;

import io.fizeau.core.error.TransportException;
import io.fizeau.transports.link.TcpRoute;
import io.fizeau.transports.link.command.Command;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The routes of a link in both directions, on which TCP's behaviour is pinned. Not thread-safe. */
public final class TcpRoutes {
    private static final Pattern METRICS = Pattern.compile("\"metrics\":\\[\\{([^}]*)}");
    private static final Pattern CONGESTION = Pattern.compile("\"congestion\":\"([^\"]*)\"");
    private static final Pattern RTO_MIN = Pattern.compile("\"rto_min\":(\\d+)");
    private static final Pattern QUICK_ACK = Pattern.compile("\"quickack\":1");
    private static final String AVAILABLE = "net.ipv4.tcp_available_congestion_control";

    private final List<List<String>> routes;

    /**
     * Creates the routes.
     *
     * @param routes for each the words that ip-route(8) needs to replace it, the destination first, or second after a type.
     */
    public TcpRoutes(final List<List<String>> routes) {
        this.routes = List.copyOf(routes);
        NetworkFiles.set("ipv4/tcp_no_metrics_save", "1");
        replace(TcpRoute.SYSTEM);
    }

    /**
     * Pins.
     *
     * @param wanted what TCP is to do.
     * @throws TransportException if the kernel does not take it, or reads back as something else.
     */
    public void pin(final TcpRoute wanted) {
        try {
            replace(wanted);
        } catch (final TransportException e) {
            throw new TransportException(
                    e.nextStep(),
                    "tcp=" + wanted.text() + " cannot be pinned: " + e.getMessage() + " (congestion controls here: "
                            + available() + ")",
                    e);
        }
        // What an earlier connection learnt of the peer would be the start of the next.
        Command.run("ip", "tcp_metrics", "flush", "all");
        for (final TcpRoute held : read()) {
            if (!held.equals(wanted)) {
                throw new TransportException(
                        TransportException.NextStep.FAIL_RUN,
                        "tcp=" + wanted.text() + " was asked for, and the kernel holds " + held.text());
            }
        }
    }

    /**
     * What holds, read back from the kernel.
     *
     * @return a text for a note.
     */
    public String text() {
        return read().stream().map(TcpRoute::text).distinct().collect(Collectors.joining(" / "));
    }

    /** What the kernel says of each route. */
    List<TcpRoute> read() {
        return routes.stream().map(TcpRoutes::read).toList();
    }

    private static TcpRoute read(final List<String> route) {
        final List<String> words = new ArrayList<>(List.of("ip", "-j", "route", "show"));
        if (route.get(0).equals("local")) {
            words.addAll(List.of("table", "local", route.get(1)));
        } else {
            words.add(route.get(0));
        }
        return parse(Command.must(words));
    }

    static TcpRoute parse(final String json) {
        final Matcher metrics = METRICS.matcher(json);
        if (!metrics.find()) {
            return TcpRoute.SYSTEM;
        }
        final String found = metrics.group(1);
        final Matcher congestion = CONGESTION.matcher(found);
        final Matcher rtoMin = RTO_MIN.matcher(found);
        return new TcpRoute(
                congestion.find() ? congestion.group(1) : "",
                rtoMin.find() ? Long.parseLong(rtoMin.group(1)) : 0,
                QUICK_ACK.matcher(found).find());
    }

    private void replace(final TcpRoute wanted) {
        for (final List<String> route : routes) {
            final List<String> words = new ArrayList<>(List.of("ip", "route", "replace"));
            words.addAll(route);
            words.addAll(wanted.words());
            Command.must(words);
        }
    }

    private static String available() {
        final Command.Result result = Command.run("sysctl", "-n", AVAILABLE);
        return result.isOk()
                ? String.join(", ", Arrays.asList(result.output().strip().split(" ", -1)))
                : "not known";
    }
}
