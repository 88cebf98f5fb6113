package io.fizeau.bench.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What else this machine does. */
final class LoadExamination {
    private static final Pattern AVERAGE = Pattern.compile("some avg10=([\\d.]+)");

    private LoadExamination() {}

    static List<Finding> findings(final Map<String, String> host) {
        final Facts facts = new Facts(host);
        return List.of(load(facts), pressure(facts));
    }

    private static Finding load(final Facts facts) {
        final double load = facts.number("loadAverage", Double.NaN);
        final double cores = facts.number("availableProcessors", 1);
        if (Double.isNaN(load)) {
            return Finding.ok("load", "not known here");
        }
        final String text = String.format(Locale.ROOT, "%.2f over the last minute, on %.0f processors", load, cores);
        if (load > cores) {
            return Finding.bad("load", text, "other work competes with the measurement: wait for it to end, or end it");
        }
        return load > cores / 4
                ? Finding.warn("load", text, "let it fall below a quarter of the processors")
                : Finding.ok("load", text);
    }

    private static Finding pressure(final Facts facts) {
        final Matcher matcher = AVERAGE.matcher(facts.get("pressureCpu"));
        if (!matcher.find()) {
            return Finding.ok("pressure", "not known here");
        }
        final double share = Double.parseDouble(matcher.group(1));
        final String text =
                String.format(Locale.ROOT, "some thread waited for a processor in %.1f %% of the last 10 s", share);
        return share > 5
                ? Finding.warn(
                        "pressure", text, "more threads want to run than there are processors: end what else runs here")
                : Finding.ok("pressure", text);
    }
}
