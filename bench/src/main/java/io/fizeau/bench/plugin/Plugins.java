package io.fizeau.bench.plugin;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.Layer;
import io.fizeau.core.transport.Transport;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Puts plug-in jars in front of everybody who looks for transports: this process by the context class loader of the calling
 * thread, its children (JMH's forks, the server) by the property {@code java.class.path}, from which both are started.
 */
public final class Plugins {
    private static final String CLASS_PATH = "java.class.path";

    private Plugins() {}

    /**
     * Adds the jars, for the rest of this process's life, and loads all transports.
     *
     * @param jars the jars; may be empty.
     * @return the transports and layers there are, built-in and plugged in.
     * @throws TransportException if a jar is missing, broken, without a transport or layer, or holds one that cannot be
     *     loaded; the message names the jar.
     */
    public static Transports install(final List<Path> jars) {
        if (jars.isEmpty()) {
            return Transports.installed();
        }
        final StringBuilder classPath = new StringBuilder(System.getProperty(CLASS_PATH));
        final List<URL> urls = new ArrayList<>();
        for (final Path jar : jars) {
            final Path absolute = jar.toAbsolutePath().normalize();
            check(absolute);
            try {
                urls.add(absolute.toUri().toURL());
            } catch (final MalformedURLException e) {
                throw refuse(absolute, "has no form as a URL: " + e.getMessage(), e);
            }
            classPath.append(File.pathSeparatorChar).append(absolute);
        }
        final ClassLoader loader =
                new URLClassLoader("plugins", urls.toArray(new URL[0]), Plugins.class.getClassLoader());
        final Transports transports;
        try {
            transports = Transports.load(loader);
        } catch (final TransportException e) {
            throw new TransportException(e.nextStep(), "--plugin " + join(jars) + ": " + e.getMessage(), e);
        }
        Thread.currentThread().setContextClassLoader(loader);
        System.setProperty(CLASS_PATH, classPath.toString());
        return transports;
    }

    private static void check(final Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw refuse(jar, "is not there: name the jar of a transport", null);
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            if (file.getEntry("META-INF/services/" + Transport.class.getName()) == null
                    && file.getEntry("META-INF/services/" + Layer.class.getName()) == null) {
                throw refuse(
                        jar,
                        "names no transport or layer: it has neither META-INF/services/" + Transport.class.getName()
                                + " nor .../" + Layer.class.getSimpleName(),
                        null);
            }
        } catch (final IOException e) {
            throw refuse(jar, "is not a whole jar: " + e.getMessage(), e);
        }
    }

    private static TransportException refuse(final Path jar, final String why, final @Nullable Throwable cause) {
        final String message = "--plugin " + jar + ' ' + why;
        return cause == null
                ? TransportException.badRequest(message)
                : new TransportException(TransportException.NextStep.STOP, message, cause);
    }

    private static String join(final List<Path> jars) {
        return String.join(", ", jars.stream().map(Path::toString).toList());
    }
}
