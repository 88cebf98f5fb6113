/** Sessions and mechanisms in virtual time: a seed makes a bad link and a workload, and all that must hold is asserted. */
@NullMarked
package io.fizeau.transports.arq.virtual;

import org.jspecify.annotations.NullMarked;
