package io.fizeau.transports.seal;

/**
 * How the connections of a node seal.
 *
 * @param suite the encryption.
 * @param limits how much is sealed with one key.
 * @param isReliable whether the transport below loses, repeats and alters nothing by itself, so that whatever cannot be opened is an
 *     attack or a mistake, and ends the connection.
 * @param isInOrder whether it keeps the order too, so that a message can be bound to its place.
 */
record Sealing(Suite suite, SealLimits limits, boolean isReliable, boolean isInOrder) {}
