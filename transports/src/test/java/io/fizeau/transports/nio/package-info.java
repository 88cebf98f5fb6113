/** Tests of what their package says. */
@NullMarked
package io.fizeau.transports.nio;

import org.jspecify.annotations.NullMarked;
