/** Messages cut into, or packed together as, the numbered pieces that a mechanism sends, and put together again; both bounded. */
@NullMarked
package io.fizeau.transports.arq.stream;

import org.jspecify.annotations.NullMarked;
