package io.fizeau.bench.cli;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs a class of these tests as somebody's plug-in. */
final class PluginJar {
    private static final String SERVICE = "META-INF/services/" + Transport.class.getName();

    private PluginJar() {}

    static Path of(Path directory, Class<? extends Transport> transport) throws IOException {
        return write(directory.resolve(transport.getSimpleName() + ".jar"), transport, SERVICE);
    }

    static Path withoutServices(Path directory) throws IOException {
        return write(directory.resolve("bare.jar"), Plugged.class, "nothing");
    }

    private static Path write(Path jar, Class<?> transport, String service) throws IOException {
        String classFile = transport.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                InputStream in = PluginJar.class.getClassLoader().getResourceAsStream(classFile)) {
            out.putNextEntry(new JarEntry(classFile));
            in.transferTo(out);
            out.putNextEntry(new JarEntry(service));
            out.write(transport.getName().getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    /** Packs a class as a program. */
    static void program(Path jar, Class<?> main) throws IOException {
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        String classFile = main.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream in = PluginJar.class.getClassLoader().getResourceAsStream(classFile)) {
            out.putNextEntry(new JarEntry(classFile));
            in.transferTo(out);
        }
    }

    /** A transport that is never opened. */
    public static class Plugged implements Transport {
        @Override
        public String name() {
            return "plugged";
        }

        @Override
        public String description() {
            return "a transport that is never opened";
        }

        @Override
        public Guarantees guarantees(Settings settings) {
            return Guarantees.of(1024, Guarantee.CROSSES_PROCESSES, Guarantee.KEEPS_BOUNDARIES);
        }

        @Override
        public DrivingSupport driving(Settings settings) {
            return DrivingSupport.BOTH;
        }

        @Override
        public Address loopbackAddress(Settings settings) {
            return HostPort.loopback();
        }

        @Override
        public Node open(Settings settings, NodeContext context) {
            throw new UnsupportedOperationException("never opened");
        }
    }

    /** A transport whose constructor throws. */
    public static final class Throwing extends Plugged {
        /** Throws. */
        public Throwing() {
            throw new IllegalStateException("no licence");
        }
    }
}
