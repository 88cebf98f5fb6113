/** The proof of what the kit can prove only where there is a transport that crosses processes. */
@NullMarked
package io.fizeau.transports.kit;

import org.jspecify.annotations.NullMarked;
