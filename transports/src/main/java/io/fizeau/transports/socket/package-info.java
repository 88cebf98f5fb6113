/** What the transports over TCP sockets share: their options, and what goes wrong at an address, in words. */
@NullMarked
package io.fizeau.transports.socket;

import org.jspecify.annotations.NullMarked;
