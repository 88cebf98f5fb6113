/** What every transport over TLS needs: contexts made of a folder of keys, and what is wrong with a peer in one line. */
@NullMarked
package io.fizeau.transports.tls.context;

import org.jspecify.annotations.NullMarked;
