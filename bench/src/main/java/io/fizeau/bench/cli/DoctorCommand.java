package io.fizeau.bench.cli;

import io.fizeau.bench.doctor.Examination;
import io.fizeau.bench.doctor.Finding;
import io.fizeau.bench.settings.LaunchSettings;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Whether this machine is fit to measure on. */
@Command(
        name = "doctor",
        description = "Says whether this machine is fit to measure on, and what would make it fitter.",
        footer = "Exit status: 0 if it is, also with warnings; 1 if it is not.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private final PrintStream out;

    DoctorCommand(final LaunchSettings settings) {
        this.out = settings.terminal().out();
    }

    @Override
    public Integer call() {
        out.println("Examining this machine, about five seconds ...");
        out.flush();
        final List<Finding> findings = Examination.ofThisHost().findings();
        for (final Finding finding : findings) {
            out.printf("%-4s  %-20s %s%n", finding.level(), finding.subject(), finding.text());
            if (!finding.advice().isEmpty()) {
                out.printf("%-4s  %-20s -> %s%n", "", "", finding.advice());
            }
        }
        final long bad = count(findings, Finding.Level.BAD);
        final long warnings = count(findings, Finding.Level.WARN);
        out.println(
                bad > 0
                        ? "Not fit to measure on: " + bad + " BAD, " + warnings + " WARN."
                        : warnings > 0
                                ? "Fit to measure on, with " + warnings + " reservation" + (warnings == 1 ? "." : "s.")
                                : "Fit to measure on.");
        out.flush();
        return bad > 0 ? FizeauCommand.FAILED : FizeauCommand.OK;
    }

    private static long count(final List<Finding> findings, final Finding.Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
