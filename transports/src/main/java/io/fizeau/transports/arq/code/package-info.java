/** An erasure code over blocks of datagrams: repair datagrams from which lost ones are computed; pure, without network or clock. */
@NullMarked
package io.fizeau.transports.arq.code;

import org.jspecify.annotations.NullMarked;
