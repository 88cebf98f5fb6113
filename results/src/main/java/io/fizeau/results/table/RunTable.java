package io.fizeau.results.table;

import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.Run;
import io.fizeau.results.validity.ValidityRules;
import java.util.List;

/**
 * What the final table of a run says, before it is written in any form.
 *
 * @param run what it was made from.
 * @param floors the harness's own round trip, per size: the lines of transports that do not compete.
 * @param groups the transports, spinning and blocking apart.
 * @param open the open loop, a line for each transport and rate.
 * @param links what was measured over a bad link.
 * @param figures what was measured of connections, and of what security adds.
 * @param others all other rows.
 * @param leftOut what was not measured, and why.
 * @param family how many comparisons Holm's correction took together.
 */
public record RunTable(
        Run run,
        List<TransportLine> floors,
        List<TransportGroup> groups,
        List<OpenLine> open,
        List<LinkLine> links,
        List<FigureLine> figures,
        List<OtherLine> others,
        List<Manifest.LeftOut> leftOut,
        int family) {
    /** Copies the lists. */
    public RunTable {
        floors = List.copyOf(floors);
        groups = List.copyOf(groups);
        open = List.copyOf(open);
        links = List.copyOf(links);
        figures = List.copyOf(figures);
        others = List.copyOf(others);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * {@return the table of a run}
     *
     * @param run any run that could be read, however little of it is there.
     */
    public static RunTable of(final Run run) {
        return new RunTableAssembly(run, ValidityRules.standard()).assemble();
    }
}
