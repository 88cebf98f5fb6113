/** The conformance kit, which says whether a transport keeps what it promises: subclass {@code TransportConformance}. */
@NullMarked
package io.fizeau.core.tck;

import org.jspecify.annotations.NullMarked;
