/** Tests of what their package says. */
@NullMarked
package io.fizeau.transports.tls.channel;

import org.jspecify.annotations.NullMarked;
