package io.fizeau.transports.arq.virtual;

import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much an object holds: the lengths of all arrays and the sizes of all collections that are reached from it. */
final class Footprint {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ArrayDeque<Object> toVisit = new ArrayDeque<>();
    private long elements;

    private Footprint() {}

    /** The count; what leads back to the session and to the test is left out. */
    static long of(final Object root) {
        final Footprint footprint = new Footprint();
        footprint.add(root);
        while (!footprint.toVisit.isEmpty()) {
            footprint.visit(footprint.toVisit.remove());
        }
        return footprint.elements;
    }

    /** What objects of a class say of themselves that are reached from another. */
    static List<String> textsOf(final Object root, final String simpleName) {
        final Footprint footprint = new Footprint();
        footprint.add(root);
        final List<String> texts = new ArrayList<>();
        while (!footprint.toVisit.isEmpty()) {
            final Object object = footprint.toVisit.remove();
            if (object.getClass().getSimpleName().equals(simpleName)) {
                texts.add(object.toString());
            }
            footprint.visit(object);
        }
        return texts;
    }

    private void add(final @Nullable Object object) {
        if (object != null
                && !(object instanceof Carrier)
                && !(object instanceof DatagramTrace)
                && !(object instanceof Enum)
                && !object.getClass().isHidden() // a lambda: it leads to the test
                && seen.add(object)) {
            toVisit.add(object);
        }
    }

    private void visit(final Object object) {
        if (object.getClass().isArray()) {
            visitArray(object);
        } else if (object instanceof final Collection<?> collection) {
            elements += collection.size();
            collection.forEach(this::add);
        } else if (object instanceof final Map<?, ?> map) {
            elements += map.size();
            map.values().forEach(this::add);
        } else if (object instanceof final Buffer buffer) {
            elements += buffer.capacity();
        } else if (object.getClass().getName().startsWith("io.fizeau.")
                || object.getClass().getName().startsWith("org.agrona.")) {
            visitFields(object);
        }
    }

    private void visitArray(final Object array) {
        final int length = Array.getLength(array);
        elements += length;
        if (!array.getClass().getComponentType().isPrimitive()) {
            for (int i = 0; i < length; i++) {
                add(Array.get(array, i));
            }
        }
    }

    private void visitFields(final Object object) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (final Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    try {
                        field.setAccessible(true);
                        add(field.get(object));
                    } catch (final IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
    }
}
