package io.fizeau.bench.plan;

/**
 * One fork of a round. Immutable.
 *
 * @param row what it measures.
 * @param side which build it measures.
 */
public record PlannedFork(Row row, Side side) {
    /**
     * The transport, and the side where there is more than one.
     *
     * @return what a line of a table is called.
     */
    public String transport() {
        return side == Side.ALONE ? row.transport() : row.transport() + ' ' + side.label();
    }

    @Override
    public String toString() {
        return transport() + ' ' + row.measure();
    }
}
