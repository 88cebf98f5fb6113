/**
 * Makes the committed reference runs anew, and with them every figure and table of the docs, and says for each claim of the docs
 * whether it still holds.
 */
@NullMarked
package io.fizeau.results.artifact;

import org.jspecify.annotations.NullMarked;
