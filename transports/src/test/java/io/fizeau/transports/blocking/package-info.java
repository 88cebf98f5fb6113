/** The threads of nodes over sockets that block. */
@NullMarked
package io.fizeau.transports.blocking;

import org.jspecify.annotations.NullMarked;
