/** The tables of many runs: CSV, Parquet, and SQL over them. */
@NullMarked
package io.fizeau.results.store;

import org.jspecify.annotations.NullMarked;
