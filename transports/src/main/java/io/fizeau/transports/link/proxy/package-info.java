/** The link of a proxy for datagrams, which needs no privileges. */
@NullMarked
package io.fizeau.transports.link.proxy;

import org.jspecify.annotations.NullMarked;
