/** Tests that hold for several transports. */
package io.fizeau.transports;
