package io.fizeau.results.metric;

/** The units of scores as JMH writes them: {@code ns/op}, {@code ops/ms} and their kind. Stateless. */
final class JmhUnits {
    private JmhUnits() {}

    /** What a score in this unit is multiplied by to be nanoseconds per operation; NaN if it is no time per operation. */
    static double nsPerOp(final String unit) {
        return unit.endsWith("/op") ? ns(unit.substring(0, unit.length() - "/op".length())) : Double.NaN;
    }

    /** What a score in this unit is multiplied by to be operations per second; NaN if it is no rate. */
    static double opsPerSecond(final String unit) {
        return unit.startsWith("ops/") ? 1e9 / ns(unit.substring("ops/".length())) : Double.NaN;
    }

    private static double ns(final String timeUnit) {
        return switch (timeUnit) {
            case "ns" -> 1;
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "min" -> 60e9;
            case "hr" -> 3_600e9;
            case "day" -> 86_400e9;
            default -> Double.NaN;
        };
    }
}
