package io.fizeau.core.host;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The commands that {@code jcmd} would give to this JVM, given from within. HotSpot has them; another JVM may not. Stateless and
 * thread-safe.
 */
public final class DiagnosticCommands {
    private static final String BEAN = "com.sun.management:type=DiagnosticCommand";

    private DiagnosticCommands() {}

    /**
     * Runs a command.
     *
     * @param operation its name as an operation of the bean, such as {@code vmFlags}.
     * @param arguments its arguments.
     * @return what it says, or why it says nothing, beginning with {@link HostFiles#UNAVAILABLE}.
     */
    public static String run(final String operation, final String... arguments) {
        try {
            final Object text = ManagementFactory.getPlatformMBeanServer()
                    .invoke(new ObjectName(BEAN), operation, new Object[] {arguments}, new String[] {
                        String[].class.getName()
                    });
            return String.valueOf(text);
        } catch (final JMException | RuntimeException e) {
            return HostFiles.UNAVAILABLE + "this JVM has no diagnostic command " + operation + " (" + e + ")";
        }
    }
}
