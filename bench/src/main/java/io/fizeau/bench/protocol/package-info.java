/** What the protocols under the transports did: the kernel's TCP, Aeron's drivers, the network device. Reads, and changes nothing. */
@NullMarked
package io.fizeau.bench.protocol;

import org.jspecify.annotations.NullMarked;
