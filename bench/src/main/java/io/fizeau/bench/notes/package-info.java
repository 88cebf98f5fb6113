/** The files by which a fork tells whoever drives JMH how it was set up and what disturbed it. */
@NullMarked
package io.fizeau.bench.notes;

import org.jspecify.annotations.NullMarked;
