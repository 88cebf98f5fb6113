package io.fizeau.results.report;

/** Text as HTML. Stateless. */
final class Html {
    private Html() {}

    /** Text within an element or a quoted attribute: what means something to HTML is written as a reference. */
    static String escape(final String text) {
        final StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /** An element with text in it. */
    static String element(final String name, final String text) {
        return '<' + name + '>' + escape(text) + "</" + name + '>';
    }
}
