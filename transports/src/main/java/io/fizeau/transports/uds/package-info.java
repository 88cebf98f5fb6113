/** Unix domain sockets: streams between the processes of one host, by a path. */
@NullMarked
package io.fizeau.transports.uds;

import org.jspecify.annotations.NullMarked;
