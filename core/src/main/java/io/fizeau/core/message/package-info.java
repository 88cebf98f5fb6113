/** The benchmark frame, read and written in place, and the content by which a message can be checked. */
@NullMarked
package io.fizeau.core.message;

import org.jspecify.annotations.NullMarked;
