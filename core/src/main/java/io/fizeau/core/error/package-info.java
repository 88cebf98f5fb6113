/** The one exception of this module, which says what to do next. */
@NullMarked
package io.fizeau.core.error;

import org.jspecify.annotations.NullMarked;
