/** Where a node listens and what a peer connects to, as values with a text form. */
@NullMarked
package io.fizeau.core.address;

import org.jspecify.annotations.NullMarked;
