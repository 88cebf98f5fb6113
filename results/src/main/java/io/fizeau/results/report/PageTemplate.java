package io.fizeau.results.report;

import io.fizeau.results.report.chart.ChartData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page around a body: style, script and the chart library, all within the one file. Its content security policy lets nothing be
 * fetched, and no script run but the two that are in it. Stateless.
 */
final class PageTemplate {
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";
    private static final Pattern PLACE = Pattern.compile("@([a-z-]+)@");

    private PageTemplate() {}

    static String page(final String title, final String generator, final PageBuilder content) {
        final String library = resource(UPLOT + "dist/uPlot.iife.min.js");
        final String script = resource("report.js");
        return fill(
                resource("report.html"),
                Map.ofEntries(
                        Map.entry("title", Html.escape(title)),
                        Map.entry("generator", Html.escape(generator)),
                        Map.entry("library-hash", hash(library)),
                        Map.entry("script-hash", hash(script)),
                        // A comment ends at its first "-->", which a licence does not hold.
                        Map.entry("licence", resource(UPLOT + "LICENSE").strip()),
                        Map.entry("library-style", resource(UPLOT + "dist/uPlot.min.css")),
                        Map.entry("style", resource("report.css")),
                        Map.entry("contents", content.contents()),
                        Map.entry("body", content.body()),
                        Map.entry("data", ChartData.json(content.charts())),
                        Map.entry("library", library),
                        Map.entry("script", script)));
    }

    /** One pass, so that what is filled in is never taken for a place itself. */
    private static String fill(final String template, final Map<String, String> values) {
        final Matcher place = PLACE.matcher(template);
        final StringBuilder page = new StringBuilder();
        while (place.find()) {
            final String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalStateException("report.html has a place " + place.group() + " that nothing fills");
            }
            place.appendReplacement(page, Matcher.quoteReplacement(value));
        }
        return place.appendTail(page).toString();
    }

    /** As a content security policy names a script. */
    private static String hash(final String script) {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String resource(final String name) {
        try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
