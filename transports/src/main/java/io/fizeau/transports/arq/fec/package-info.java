/** Forward error correction: repair datagrams sent beside the pieces, from which a lost one is restored; what is not, is asked for. */
@NullMarked
package io.fizeau.transports.arq.fec;

import org.jspecify.annotations.NullMarked;
