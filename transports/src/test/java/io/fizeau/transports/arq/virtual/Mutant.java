package io.fizeau.transports.arq.virtual;

import io.fizeau.transports.datagram.session.MechanismKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A mechanism with one fault, put into a copy of its source.
 *
 * @param fault what is wrong.
 * @param kind the mechanism, which is made {@code withDefaults}.
 * @param file the source, below the package of all mechanisms.
 * @param original what is replaced; stands in the source once.
 * @param replacement what stands there instead.
 */
record Mutant(String fault, Class<? extends MechanismKind> kind, String file, String original, String replacement) {
    private static final String MECHANISMS = "io.fizeau.transports.arq.";
    private static final String SOURCES = "src/main/java/io/fizeau/transports/arq";

    /** The mechanism with its fault. */
    MechanismKind load() {
        final Path source = Path.of(System.getProperty("basedir", ""), SOURCES, file);
        final String className = MECHANISMS + file.replace(".java", "").replace('/', '.');
        final Map<String, byte[]> classes = compile(className, mutate(read(source)));
        try {
            return (MechanismKind) new Loader(classes, getClass().getClassLoader())
                    .loadClass(kind.getName())
                    .getMethod("withDefaults")
                    .invoke(null);
        } catch (final ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private String mutate(final String source) {
        final int at = source.indexOf(original);
        if (at < 0 || source.indexOf(original, at + 1) >= 0) {
            throw new AssertionError(file + " does not have this exactly once: " + original);
        }
        return source.substring(0, at) + replacement + source.substring(at + original.length());
    }

    private static String read(final Path source) {
        try {
            return Files.readString(source);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> compile(final String className, final String source) {
        final DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        final var compiler = ToolProvider.getSystemJavaCompiler();
        final StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, null);
        final Outputs outputs = new Outputs(files);
        final JavaFileObject input =
                new SimpleJavaFileObject(
                        URI.create("string:///" + className.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(final boolean ignoresErrors) {
                        return source;
                    }
                };
        final List<String> options =
                List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
        if (!compiler.getTask(null, outputs, problems, options, null, List.of(input))
                .call()) {
            final List<String> errors = new ArrayList<>();
            for (final Diagnostic<?> problem : problems.getDiagnostics()) {
                errors.add(problem.toString());
            }
            throw new AssertionError(className + " does not compile: " + errors);
        }
        final Map<String, byte[]> classes = new HashMap<>();
        outputs.written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    @Override
    public String toString() {
        return kind.getSimpleName() + ": " + fault;
    }

    /** Keeps what is compiled. */
    private static final class Outputs extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Outputs(final JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                final Location location,
                final String className,
                final JavaFileObject.Kind kindOfFile,
                final @Nullable FileObject sibling) {
            if (location != StandardLocation.CLASS_OUTPUT) {
                throw new AssertionError(location);
            }
            return new SimpleJavaFileObject(URI.create("mem:///" + className), kindOfFile) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }
    }

    /** Loads all mechanisms anew, so that classes of a package see each other; the rest is the test's. */
    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> changed;

        Loader(final Map<String, byte[]> changed, final ClassLoader parent) {
            super(parent);
            this.changed = changed;
        }

        @Override
        protected Class<?> loadClass(final String name, final boolean resolves) throws ClassNotFoundException {
            final boolean isOwn = name.startsWith(MECHANISMS) && !name.startsWith(Mutant.class.getPackageName());
            if (!isOwn) {
                return super.loadClass(name, resolves);
            }
            synchronized (getClassLoadingLock(name)) {
                final Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(final String name) throws ClassNotFoundException {
            byte[] bytes = changed.get(name);
            if (bytes == null) {
                try (InputStream original = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                    if (original == null) {
                        throw new ClassNotFoundException(name);
                    }
                    bytes = original.readAllBytes();
                } catch (final IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
