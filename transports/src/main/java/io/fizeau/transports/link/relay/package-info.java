/** What links share that carry packets through this process: two paths, the thread that works them, and requests to it. */
@NullMarked
package io.fizeau.transports.link.relay;

import org.jspecify.annotations.NullMarked;
