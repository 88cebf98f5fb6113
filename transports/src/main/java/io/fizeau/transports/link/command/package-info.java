/** Programs of the system that a link needs (ip, tc, nft), run with a time limit. */
@NullMarked
package io.fizeau.transports.link.command;

import org.jspecify.annotations.NullMarked;
