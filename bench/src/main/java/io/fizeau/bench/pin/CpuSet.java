package io.fizeau.bench.pin;

import java.util.Arrays;
import java.util.TreeSet;

/** Some processors of this host, in order. Immutable and thread-safe. */
public final class CpuSet {
    private final int[] cpus;

    private CpuSet(final int[] cpus) {
        this.cpus = cpus;
    }

    /**
     * Just these.
     *
     * @param cpus the processors' numbers.
     * @return the set.
     */
    public static CpuSet of(final int... cpus) {
        return new CpuSet(Arrays.stream(cpus).sorted().distinct().toArray());
    }

    /**
     * Reads the kernel's list form, such as {@code 0-3,8}.
     *
     * @param text the list; empty for none.
     * @return the set.
     * @throws IllegalArgumentException if it is not of that form.
     */
    public static CpuSet parse(final String text) {
        final TreeSet<Integer> found = new TreeSet<>();
        for (final String range : text.strip().split(",", -1)) {
            if (range.isBlank()) {
                continue;
            }
            final int dash = range.indexOf('-');
            try {
                final int first = Integer.parseInt((dash < 0 ? range : range.substring(0, dash)).strip());
                final int last = dash < 0
                        ? first
                        : Integer.parseInt(range.substring(dash + 1).strip());
                for (int cpu = first; cpu <= last; cpu++) {
                    found.add(cpu);
                }
            } catch (final NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "' is no list of processors such as 0-3,8", e);
            }
        }
        return new CpuSet(found.stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * How many there are.
     *
     * @return a count.
     */
    public int size() {
        return cpus.length;
    }

    /**
     * One of them.
     *
     * @param index from 0 to {@link #size()} - 1.
     * @return the processor's number.
     */
    public int get(final int index) {
        return cpus[index];
    }

    /**
     * Whether a processor is among them.
     *
     * @param cpu its number.
     * @return true if it is.
     */
    public boolean contains(final int cpu) {
        return Arrays.binarySearch(cpus, cpu) >= 0;
    }

    /**
     * The numbers.
     *
     * @return a new array, in order.
     */
    public int[] toArray() {
        return cpus.clone();
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof CpuSet set && Arrays.equals(cpus, set.cpus);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(cpus);
    }

    /** The list form, which {@link #parse(String)} reads back. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < cpus.length; i++) {
            int last = i;
            while (last + 1 < cpus.length && cpus[last + 1] == cpus[last] + 1) {
                last++;
            }
            text.append(text.length() == 0 ? "" : ",").append(cpus[i]);
            if (last > i) {
                text.append('-').append(cpus[last]);
            }
            i = last;
        }
        return text.toString();
    }
}
