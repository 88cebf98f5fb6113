/** The link of netfilter rules: loss in the real kernel, exact by index. */
@NullMarked
package io.fizeau.transports.link.nft;

import org.jspecify.annotations.NullMarked;
