/** How addresses become Aeron's channels and streams, over UDP and in shared memory. */
@NullMarked
package io.fizeau.transports.aeron.channel;

import org.jspecify.annotations.NullMarked;
