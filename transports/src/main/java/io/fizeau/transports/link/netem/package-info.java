/** The link of the kernel's own network emulator. */
@NullMarked
package io.fizeau.transports.link.netem;

import org.jspecify.annotations.NullMarked;
