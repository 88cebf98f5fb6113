package io.fizeau.results.report;

import io.fizeau.results.report.chart.Chart;
import io.fizeau.results.table.Grid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The body of a page, from top to bottom. Every text that is given is escaped here. One thread. */
final class PageBuilder {
    /** A cell with more characters may be broken into lines. */
    private static final int LONG = 40;

    private final StringBuilder body = new StringBuilder();
    private final List<Chart> charts = new ArrayList<>();
    private final Map<String, String> sections = new LinkedHashMap<>();

    /** Starts a section, which the table of contents names. */
    void section(final String id, final String title) {
        if (!sections.isEmpty()) {
            body.append("</section>\n");
        }
        sections.put(id, title);
        body.append("<section id=\"").append(id).append("\">\n").append(Html.element("h2", title));
    }

    void subtitle(final String text) {
        body.append(Html.element("h3", text));
    }

    void paragraph(final String text) {
        if (!text.isEmpty()) {
            body.append(Html.element("p", text));
        }
    }

    /** Something that the reader must not miss. */
    void warning(final String text) {
        body.append("<p class=\"warning\">").append(Html.escape(text)).append("</p>\n");
    }

    void list(final List<String> items) {
        list("<ul>\n", items);
    }

    /** Smaller, and in columns where there is room: footnotes are many. */
    void notes(final List<String> items) {
        list("<ul class=\"notes\">\n", items);
    }

    private void list(final String open, final List<String> items) {
        if (!items.isEmpty()) {
            body.append(open);
            items.forEach(item -> body.append(Html.element("li", item)).append('\n'));
            body.append("</ul>\n");
        }
    }

    /** Names with what they are. */
    void definitions(final Map<String, String> lines) {
        if (!lines.isEmpty()) {
            body.append("<dl>\n");
            lines.forEach((name, text) -> body.append(Html.element("dt", name)).append(Html.element("dd", text)));
            body.append("</dl>\n");
        }
    }

    /** A table; what its cells say of a row's validity and verdict is shown by colour as well. */
    void grid(final Grid grid) {
        final List<Grid.Column> columns = grid.columns();
        openTable();
        body.append("<thead><tr>");
        columns.forEach(column -> cell("th scope=\"col\"", "th", column.left(), column.heading()));
        body.append("</tr></thead>\n<tbody>\n");
        for (final List<String> cells : grid.lines()) {
            if (cells.size() == 1) {
                body.append("<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"")
                        .append(columns.size())
                        .append("\">")
                        .append(Html.escape(cells.get(0)))
                        .append("</th></tr>\n");
                continue;
            }
            body.append(isInvalid(cells) ? "<tr class=\"invalid\">" : "<tr>");
            for (int i = 0; i < cells.size(); i++) {
                cell("td", "td", columns.get(i).left(), cells.get(i));
            }
            body.append("</tr>\n");
        }
        body.append("</tbody>");
        closeTable();
    }

    private static boolean isInvalid(final List<String> cells) {
        return cells.stream().anyMatch(cell -> cell.startsWith("NO [") || cell.startsWith("INVALID"));
    }

    private void cell(final String open, final String close, final boolean left, final String text) {
        final String verdict = verdict(text);
        final String style = (left ? "l" : "") + (text.length() > LONG ? " text" : "") + verdict;
        body.append('<').append(open);
        if (!style.isEmpty()) {
            body.append(" class=\"").append(style.strip()).append('"');
        }
        body.append('>').append(Html.escape(text)).append("</").append(close).append('>');
    }

    private static String verdict(final String cell) {
        return switch (cell) {
            case "FASTER", "IMPROVED" -> " good";
            case "SLOWER", "REGRESSED" -> " bad";
            default -> "";
        };
    }

    private void openTable() {
        // A table that is wider than the screen scrolls by itself, by keyboard too.
        body.append("<div class=\"wide\" tabindex=\"0\"><table>\n");
    }

    private void closeTable() {
        body.append("</table></div>\n");
    }

    /** Plain cells under headings; the first column is to the left. */
    void table(final List<String> headings, final List<List<String>> rows) {
        openTable();
        body.append("<thead><tr>");
        headings.forEach(heading -> cell("th scope=\"col\"", "th", true, heading));
        body.append("</tr></thead>\n<tbody>\n");
        for (final List<String> row : rows) {
            body.append("<tr>");
            row.forEach(text -> cell("td", "td", true, text));
            body.append("</tr>\n");
        }
        body.append("</tbody>");
        closeTable();
    }

    /** What is folded away until somebody opens it. */
    void details(final String summary, final Runnable content) {
        body.append("<details>").append(Html.element("summary", summary));
        content.run();
        body.append("</details>\n");
    }

    /** What is no text: it must be escaped already. */
    void raw(final String html) {
        body.append(html);
    }

    /** A chart, and below it the same as a table, both for the script to fill in. Nothing if there is nothing to draw. */
    void chart(final Chart chart) {
        if (!chart.isDrawable()) {
            return;
        }
        body.append("<figure data-chart=\"").append(charts.size()).append("\"><figcaption>");
        body.append(Html.element("strong", chart.title()));
        body.append(chart.about().isEmpty() ? "" : ' ' + Html.escape(chart.about()));
        body.append("</figcaption><div class=\"plot\" tabindex=\"0\" role=\"group\" aria-label=\"")
                .append(Html.escape("Chart: " + chart.title() + ". The arrow keys show the values; a table follows."))
                .append("\"></div><div class=\"legend\"></div>");
        body.append("<details><summary>as a table</summary></details></figure>\n");
        charts.add(chart);
    }

    List<Chart> charts() {
        return List.copyOf(charts);
    }

    String contents() {
        final StringBuilder links = new StringBuilder();
        sections.forEach((id, title) -> links.append("<a href=\"#")
                .append(id)
                .append("\">")
                .append(Html.escape(title))
                .append("</a> "));
        return links.toString();
    }

    String body() {
        return body + (sections.isEmpty() ? "" : "</section>\n");
    }
}
