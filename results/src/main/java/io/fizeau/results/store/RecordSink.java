package io.fizeau.results.store;

import org.jspecify.annotations.Nullable;

/** Where the lines of the tables go. */
@FunctionalInterface
interface RecordSink {
    /**
     * Takes one line.
     *
     * @param table it belongs to.
     * @param values one for each column, of the type that {@link StoreTable.Kind} names; null for what is absent.
     */
    void add(StoreTable table, @Nullable Object... values);
}
