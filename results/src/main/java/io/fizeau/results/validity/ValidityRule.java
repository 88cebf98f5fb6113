package io.fizeau.results.validity;

import io.fizeau.results.run.Row;
import io.fizeau.results.run.Run;
import java.util.stream.Stream;

/** One thing that can be wrong with a row. */
@FunctionalInterface
public interface ValidityRule {
    /**
     * Looks at one row.
     *
     * @param run the whole run, for what the row's neighbours and the manifest say.
     * @param row one of its rows.
     * @return what it found; empty if nothing.
     * @implSpec Must cope with any run that could be read, however little of it is there, and change nothing.
     */
    Stream<Finding> check(Run run, Row row);
}
