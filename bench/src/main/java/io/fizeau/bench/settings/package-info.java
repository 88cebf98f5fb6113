/** The one place where system properties become records. */
@NullMarked
package io.fizeau.bench.settings;

import org.jspecify.annotations.NullMarked;
