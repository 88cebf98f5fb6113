/** Textbook formulas for loss recovery, to lay beside what was measured; each names its source, assumptions, units and range. */
@NullMarked
package io.fizeau.core.theory;

import org.jspecify.annotations.NullMarked;
