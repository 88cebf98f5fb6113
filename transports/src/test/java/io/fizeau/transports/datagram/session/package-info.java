@NullMarked
package io.fizeau.transports.datagram.session;

import org.jspecify.annotations.NullMarked;
