/** Tests of what their package says. */
@NullMarked
package io.fizeau.transports.tls.context;

import org.jspecify.annotations.NullMarked;
