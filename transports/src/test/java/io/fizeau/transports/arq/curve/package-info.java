/**
 * The real machines over an ideal link in virtual time, and what theory says of them: the curves of docs/reliability.md, written and
 * compared by {@link io.fizeau.transports.arq.curve.CurvesTest}.
 */
@NullMarked
package io.fizeau.transports.arq.curve;

import org.jspecify.annotations.NullMarked;
