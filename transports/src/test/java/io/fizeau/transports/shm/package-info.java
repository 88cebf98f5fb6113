/** Tests of the transport over shared memory. */
@NullMarked
package io.fizeau.transports.shm;

import org.jspecify.annotations.NullMarked;
