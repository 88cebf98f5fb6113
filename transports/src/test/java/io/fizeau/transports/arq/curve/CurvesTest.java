package io.fizeau.transports.arq.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fizeau.core.theory.ArqEfficiency;
import io.fizeau.transports.arq.cumulative.GoBackN;
import org.junit.jupiter.api.Test;

/**
 * The curves of docs/reliability.md. Each is measured anew and must be what the committed files and the page say, exactly: all of it follows
 * from seeds. With {@code -Dfizeau.curves=docs/reliability} the files are written instead.
 */
final class CurvesTest {
    private static Curve check(final Curve curve) {
        Page.file(curve.name() + ".csv", curve.csv());
        Page.file(curve.name() + ".svg", Chart.svg(curve));
        Page.table(curve.name(), curve.csv());
        return curve;
    }

    private static void assertNear(
            final Curve curve, final String theory, final String measured, final double loss, final double tolerance) {
        final double expected = curve.at(theory, loss);
        final double actual = curve.at(measured, loss);
        assertEquals(expected, actual, tolerance * expected, () -> curve.name() + " at a loss of " + loss);
    }

    private static void assertBelow(
            final Curve curve, final String theory, final String measured, final double loss, final double factor) {
        final double expected = curve.at(theory, loss);
        final double actual = curve.at(measured, loss);
        assertTrue(
                actual < factor * expected,
                () -> curve.name() + " at a loss of " + loss + ": " + actual + " against " + expected);
    }

    @Test
    void shouldMeasureStopAndWait() {
        final Curve curve = check(Efficiencies.stopAndWait());
        for (final double p : new double[] {.001, .01, .02, .05}) {
            assertNear(curve, "(1-p)/(1+2a)", Efficiencies.MEASURED, p, .02);
        }
        assertNear(curve, "with doubled time-outs", Efficiencies.MEASURED, .2, .05);
        assertBelow(curve, "(1-P)/(1+2a) with acks lost", "measured with acks lost", .2, .5);
    }

    @Test
    void shouldMeasureGoBackN() {
        final Curve curve = check(Efficiencies.goBackN());
        for (final double p : new double[] {.005, .01, .02, .05}) {
            assertNear(curve, "m = 2+2a", Efficiencies.MEASURED, p, .04);
        }
        assertBelow(curve, "m = 1+2a", Efficiencies.MEASURED, .02, 1);
        assertBelow(curve, "m = 1+2a", Efficiencies.MEASURED, .05, 1);
        assertBelow(curve, "m = 2+2a", Efficiencies.MEASURED, .2, .6);
    }

    @Test
    void shouldRepeatOneFrameMoreThanTheTextbook() {
        for (final int a : new int[] {1, 5, 10}) {
            final double frames = Frames.costOfALoss(new GoBackN(Efficiencies.TIMEOUTS), 64, a);
            assertEquals(ArqEfficiency.timerRepeats(a), frames, 1e-9);
        }
    }

    @Test
    void shouldMeasureSelectiveRepeat() {
        final Curve curve = check(Efficiencies.selective());
        assertBelow(curve, "1-p", "measured W = 32", .1, .6);
        assertBelow(curve, "1-p", "measured W = 64", .1, .9);
        for (final double p : Efficiencies.LOSSES) {
            assertNear(curve, "1-p", "measured W = 128", p, .02);
            assertNear(curve, "ideal machine W = 32", "measured W = 32", p, .15);
        }
    }

    @Test
    void shouldFindTheValueOfTheTextbooksMachine() {
        assertEquals(.554, IdealSelectiveRepeat.efficiency(22, 21, .1, 200_000), .006);
        assertEquals(.9, IdealSelectiveRepeat.efficiency(84, 21, .1, 200_000), .006);
    }

    @Test
    void shouldMeasureNegativeAcknowledgement() {
        final Curve curve = check(Efficiencies.nak());
        for (final double p : new double[] {.001, .01, .02, .05, .1}) {
            assertNear(curve, "1-p", "measured W = 256", p, .04);
        }
        assertBelow(curve, "1-p", "measured W = 64", .2, .7);
    }

    @Test
    void shouldMeasureForwardErrorCorrection() {
        final Curve curve = check(Efficiencies.fec());
        for (final double p : Efficiencies.LOSSES) {
            assertNear(curve, "formula m = 1", "measured m = 1", p, .03);
            assertNear(curve, "formula m = 2", "measured m = 2", p, .03);
        }
    }

    @Test
    void shouldMeasureWhatRedundancyLeaves() {
        final Curve curve = check(Recoveries.residual());
        for (final double p : new double[] {.02, .05, .1, .2}) {
            assertNear(curve, "m = 1", "measured m = 1", p, .1);
        }
        assertNear(curve, "m = 2", "measured m = 2", .1, .1);
        assertNear(curve, "m = 2", "measured m = 2", .2, .1);
    }

    @Test
    void shouldMeasureRecovery() {
        final Curve curve = check(Recoveries.latency());
        assertNear(curve, "SACK: 1.5 RTT + 3 gaps", "measured selective", .001, .02);
        assertNear(curve, "NAK: 1.5 RTT + gap", "measured nak", .001, .02);
        assertNear(curve, "RTO + RTT/2", "measured go-back-n", .001, .05);
        // It repeats so much that it no longer carries the flow.
        assertBelow(curve, "measured go-back-n", "RTO + RTT/2", .05, .1);
        assertBelow(curve, "SACK: 1.5 RTT + 3 gaps", "measured fec m = 2", .05, .5);
    }

    @Test
    void shouldMeasureCongestionControl() {
        final Curve curve = check(Throughputs.curve());
        for (final double p : new double[] {.005, .01, .02}) {
            assertNear(curve, "Mathis", "measured newreno", p, .25);
        }
        assertBelow(curve, "Mathis", "measured newreno", .2, .7);
    }

    @Test
    void shouldMeasureSingleLosses() {
        final String csv = SingleLosses.csv();
        Page.file("single-loss.csv", csv);
        Page.table("single-loss", csv);
        csv.lines().skip(1).map(line -> line.split(",")).forEach(cells -> {
            final double formula = Double.parseDouble(cells[3]);
            final double measured = Double.parseDouble(cells[4]);
            final boolean isBound = cells[0].startsWith("fec");
            // The delay of acknowledgements, 0.25 ms, may come on top.
            assertTrue(
                    isBound ? measured <= formula : measured >= formula && measured <= formula + .25,
                    () -> String.join(" ", cells));
        });
    }
}
