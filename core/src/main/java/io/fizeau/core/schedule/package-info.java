/** When messages fall due: processes of arrivals, computed from their start and never moved. */
@NullMarked
package io.fizeau.core.schedule;

import org.jspecify.annotations.NullMarked;
