/** How load leaves and what answers it: the closed loop, the credited one-way stream, and the responder at the far end. */
@NullMarked
package io.fizeau.core.load;

import org.jspecify.annotations.NullMarked;
