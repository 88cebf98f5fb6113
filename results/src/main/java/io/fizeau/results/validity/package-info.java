/** Whether a row may be believed, decided by rules in one place. */
@NullMarked
package io.fizeau.results.validity;

import org.jspecify.annotations.NullMarked;
