package io.fizeau.results.compare;

import io.fizeau.results.run.RowKey;
import java.util.List;

/**
 * A row with what the sessions of both sides measured for it.
 *
 * @param key the row; where a differing parameter was forced, that of the candidate.
 * @param base of each session that has it; empty if none has.
 * @param candidate the same of the candidate.
 * @param note what a reader should know about the match, otherwise empty.
 */
record MatchedRow(RowKey key, List<SessionRow> base, List<SessionRow> candidate, String note) {}
