package io.fizeau.transports.arq.curve;

import java.util.List;
import java.util.Locale;

/**
 * A curve as SVG: loss on a logarithmic axis from 0.1 to 20 %, theory as lines, measurements as marks. Written by hand and not by a library
 * over AWT, because those place text by the fonts of the machine, and this file has to be the same everywhere. Colours of Okabe and Ito,
 * which the colour-blind can tell apart; shapes and dashes differ as well.
 */
final class Chart {
    private static final List<String> COLOURS =
            List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000");
    private static final List<String> DASHES = List.of("none", "7 3", "2 3", "9 3 2 3", "5 5", "1 4", "12 3");
    private static final double MIN_X = .001;
    private static final double MAX_X = .2;
    private static final int LEFT = 70;
    private static final int TOP = 40;
    private static final int WIDTH = 430;
    private static final int HEIGHT = 300;
    private static final int LEGEND = LEFT + WIDTH + 20;
    private static final int TICKS = 5;

    private final Curve curve;
    private final StringBuilder out = new StringBuilder();

    private Chart(final Curve curve) {
        this.curve = curve;
    }

    static String svg(final Curve curve) {
        final Chart chart = new Chart(curve);
        chart.frame();
        for (int i = 0; i < curve.columns().size(); i++) {
            if (curve.columns().get(i).kind() != Curve.Kind.NOTE) {
                chart.series(i);
            }
        }
        return chart.out.append("</svg>\n").toString();
    }

    private void frame() {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 400\" font-family=\"sans-serif\" font-size=\"12\""
                        + " role=\"img\">");
        add("<title>%s</title>", curve.title());
        add("<rect width=\"800\" height=\"400\" fill=\"white\"/>");
        add("<text x=\"%d\" y=\"22\" font-size=\"15\">%s</text>", LEFT, curve.title());
        for (final double loss : new double[] {.001, .002, .005, .01, .02, .05, .1, .2}) {
            grid(x(loss), TOP, x(loss), TOP + HEIGHT);
            text(x(loss), TOP + HEIGHT + 18, "middle", trim(loss * 100));
        }
        for (int tick = 0; tick <= TICKS; tick++) {
            if (isLog() && tick > curve.decades()) {
                break;
            }
            final double value = isLog() ? curve.yMax() / Math.pow(10, tick) : curve.yMax() * tick / TICKS;
            grid(LEFT, y(value), LEFT + WIDTH, y(value));
            text(LEFT - 8, y(value) + 4, "end", trim(value));
        }
        text(LEFT + WIDTH / 2.0, TOP + HEIGHT + 40, "middle", "loss of datagrams, %");
        add(
                "<text x=\"18\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 18 %d)\">%s</text>",
                TOP + HEIGHT / 2, TOP + HEIGHT / 2, curve.yName());
    }

    private void series(final int column) {
        final String colour = COLOURS.get(column % COLOURS.size());
        final boolean isLine = curve.columns().get(column).kind() != Curve.Kind.MEASURED;
        final StringBuilder points = new StringBuilder();
        for (final double[] row : curve.rows()) {
            final double value = row[column + 1];
            if (value > curve.yMax() || (isLog() && value < curve.yMax() / Math.pow(10, curve.decades()))) {
                continue;
            }
            if (isLine) {
                points.append(number(x(row[0])))
                        .append(',')
                        .append(number(y(value)))
                        .append(' ');
            } else {
                mark(column, x(row[0]), y(value), colour);
            }
        }
        final double legendY = TOP + 14 + 22.0 * column;
        if (isLine) {
            line(points.toString().trim(), column, colour);
            line(LEGEND + "," + number(legendY) + " " + (LEGEND + 26) + "," + number(legendY), column, colour);
        } else {
            mark(column, LEGEND + 13, legendY, colour);
        }
        text(LEGEND + 34, legendY + 4, "start", curve.columns().get(column).name());
    }

    private void line(final String points, final int column, final String colour) {
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\"/>",
                points, colour, DASHES.get(column % DASHES.size()));
    }

    private void mark(final int column, final double x, final double y, final String colour) {
        switch (column % 3) {
            case 0 -> add("<circle cx=\"%s\" cy=\"%s\" r=\"4.5\" fill=\"%s\"/>", number(x), number(y), colour);
            case 1 ->
                add(
                        "<rect x=\"%s\" y=\"%s\" width=\"8\" height=\"8\" fill=\"%s\"/>",
                        number(x - 4), number(y - 4), colour);
            default -> add("<path d=\"M%s %s l5 9 h-10 z\" fill=\"%s\"/>", number(x), number(y - 5), colour);
        }
    }

    private void grid(final double fromX, final double fromY, final double toX, final double toY) {
        add(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"#ccc\"/>",
                number(fromX), number(fromY), number(toX), number(toY));
    }

    private void text(final double x, final double y, final String anchor, final String text) {
        add("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>", number(x), number(y), anchor, text);
    }

    private static double x(final double loss) {
        return LEFT + WIDTH * Math.log(loss / MIN_X) / Math.log(MAX_X / MIN_X);
    }

    private boolean isLog() {
        return curve.decades() > 0;
    }

    private double y(final double value) {
        final double share = isLog() ? 1 + Math.log10(value / curve.yMax()) / curve.decades() : value / curve.yMax();
        return TOP + HEIGHT * (1 - share);
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String trim(final double value) {
        return String.format(Locale.ROOT, "%.6f", value).replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    private void add(final String format, final Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
