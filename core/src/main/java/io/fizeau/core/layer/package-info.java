/** What every layer needs that turns one message into another: all of it but the turning. */
@NullMarked
package io.fizeau.core.layer;

import org.jspecify.annotations.NullMarked;
