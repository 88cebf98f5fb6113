/** Which transports meet a user's needs, by what was measured. */
@NullMarked
package io.fizeau.results.choose;

import org.jspecify.annotations.NullMarked;
