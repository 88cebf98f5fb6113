/** A bad link between client and server on this machine: what a link is, which there are, and how a process asks the one that holds it. */
@NullMarked
package io.fizeau.transports.link;

import org.jspecify.annotations.NullMarked;
