package io.fizeau.results.metric;

/** Which way a secondary metric is better, by its label. What is not known here describes, and gets no verdict. Stateless. */
final class SecondaryDirection {
    private SecondaryDirection() {}

    static Direction of(final String label) {
        if (label.equals("goodput")) {
            return Direction.MORE;
        }
        final boolean isCost = label.endsWith("alloc.norm")
                || label.endsWith("alloc.rate.norm")
                || label.endsWith("cpu.norm")
                || label.matches("(client|server):memory\\.(heap|outside)")
                || label.equals("wire:perPayloadByte");
        final boolean isTime = label.matches("(response|service|send|flight|opened|copy|hit\\.[a-z]+):(p[0-9.]+|max)")
                || label.matches("blackout:(first|recovered)");
        final boolean isLoss = label.equals("lost") || label.equals("ledger:lost") || label.equals("goodput:lost");
        return isCost || isTime || isLoss ? Direction.LESS : Direction.NEITHER;
    }
}
