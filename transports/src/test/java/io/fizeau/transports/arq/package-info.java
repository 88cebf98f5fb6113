@NullMarked
package io.fizeau.transports.arq;

import org.jspecify.annotations.NullMarked;
