package io.fizeau.core.host;

import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a reader has to know about this JVM: version, arguments, collector, heap, and each flag that is not as it comes, with the
 * value it ended up with. The names are those that the manifest of a run uses for the forks' JVM. A value that cannot be had is
 * there as well and says why.
 */
public final class JvmManifest {
    /** A flag as {@code VM.flags} shows it: {@code -XX:+Name}, {@code -XX:-Name} or {@code -XX:Name=value}. */
    private static final Pattern FLAG = Pattern.compile("-XX:(?:([+-])(\\w+)|(\\w+)=(\\S*))");

    private static final Pattern COLLECTOR = Pattern.compile("Use(\\w+)GC");

    private JvmManifest() {}

    /**
     * Reads it for this JVM. Takes about a tenth of a second, most of it for JMX.
     *
     * @return an unmodifiable map in the order in which it should be shown.
     */
    public static Map<String, String> read() {
        final RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("executable", System.getProperty("java.home") + "/bin/java");
        facts.put("arguments", String.join(" ", runtime.getInputArguments()));
        facts.put("javaVersion", System.getProperty("java.version"));
        facts.put("vmName", runtime.getVmName());
        facts.put("vmVersion", runtime.getVmVersion());
        facts.put("heapMaxBytes", Long.toString(Runtime.getRuntime().maxMemory()));
        addFlags(facts, DiagnosticCommands.run("vmFlags"));
        return Collections.unmodifiableMap(facts);
    }

    /** From what {@code VM.flags} says: the flags whose origin is not the default. */
    static void addFlags(final Map<String, String> facts, final String text) {
        if (!HostFiles.isKnown(text)) {
            facts.put("collector", text);
            facts.put("flags", text);
            return;
        }
        facts.put("collector", HostFiles.UNAVAILABLE + "no flag names one");
        final Matcher flag = FLAG.matcher(text);
        while (flag.find()) {
            final String name = flag.group(2) == null ? flag.group(3) : flag.group(2);
            final String value = flag.group(1) == null
                    ? flag.group(4)
                    : Boolean.toString(flag.group(1).equals("+"));
            final Matcher collector = COLLECTOR.matcher(name);
            if (collector.matches() && value.equals("true")) {
                facts.put("collector", collector.group(1));
            }
            facts.put("flag." + name, value);
        }
    }
}
