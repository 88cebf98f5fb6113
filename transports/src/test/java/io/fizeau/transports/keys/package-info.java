/** Tests of what their package says. */
@NullMarked
package io.fizeau.transports.keys;

import org.jspecify.annotations.NullMarked;
