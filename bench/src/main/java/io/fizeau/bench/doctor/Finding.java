package io.fizeau.bench.doctor;

/**
 * One thing about the machine.
 *
 * @param level how much it matters.
 * @param subject what it is about, in a word or two.
 * @param text what was found.
 * @param advice what would make it better, or empty.
 */
public record Finding(Level level, String subject, String text, String advice) {
    /** How much something matters. */
    public enum Level {
        /** As it should be, or not to be known here and harmless. */
        OK,
        /** Numbers will be noisier, or mean less. */
        WARN,
        /** Numbers would mean nothing. */
        BAD
    }

    static Finding ok(final String subject, final String text) {
        return new Finding(Level.OK, subject, text, "");
    }

    static Finding warn(final String subject, final String text, final String advice) {
        return new Finding(Level.WARN, subject, text, advice);
    }

    static Finding bad(final String subject, final String text, final String advice) {
        return new Finding(Level.BAD, subject, text, advice);
    }
}
