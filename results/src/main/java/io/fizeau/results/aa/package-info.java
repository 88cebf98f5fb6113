/** What a machine calls a difference where there is none, and how small a difference it could see. */
@NullMarked
package io.fizeau.results.aa;

import org.jspecify.annotations.NullMarked;
