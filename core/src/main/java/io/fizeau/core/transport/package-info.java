/** The interface behind which every transport sits: what it is asked, what it promises, what it calls. */
@NullMarked
package io.fizeau.core.transport;

import org.jspecify.annotations.NullMarked;
