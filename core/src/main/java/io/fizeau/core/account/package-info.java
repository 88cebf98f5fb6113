/** Sends on schedule over anything and on any clock, and accounts for every message that fell due. */
@NullMarked
package io.fizeau.core.account;

import org.jspecify.annotations.NullMarked;
