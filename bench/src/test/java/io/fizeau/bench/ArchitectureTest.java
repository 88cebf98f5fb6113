package io.fizeau.bench;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The direction of dependencies over core, transports and bench. A rule about a package that has no class fails, unless the
 * package is named in {@link #PLANNED}: so a misspelt or renamed package does not switch its rule off.
 */
class ArchitectureTest {
    private static final String CORE = "io.fizeau.core.";

    /** Packages of the architecture that nobody has written yet. Take a package out when its first class arrives. */
    private static final Set<String> PLANNED = Set.of();

    /** Packages of transports that hold no transport: any transport may use them, they use none. */
    private static final String[] SHARED = {
        "io.fizeau.transports.framing..",
        "io.fizeau.transports.nio..",
        "io.fizeau.transports.blocking..",
        "io.fizeau.transports.keys..",
        "io.fizeau.transports.loop..",
        "io.fizeau.transports.socket..",
        "io.fizeau.transports.datagram..",
        "io.fizeau.transports.link..",
        "io.fizeau.transports.tls.channel..",
        "io.fizeau.transports.tls.context.."
    };

    /** Without tests, the conformance kit (a test source of core) and what JMH generates. */
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/core/tck/"))
            .withImportOption(location -> !location.contains("/jmh_generated/"))
            .importPackages("io.fizeau.core", "io.fizeau.transports", "io.fizeau.bench");

    @Test
    void shouldListAsPlannedOnlyWhatIsMissing() {
        assertThat(PLANNED).as("PLANNED names a package that exists by now").noneMatch(ArchitectureTest::exists);
    }

    @Test
    void shouldPointFromBenchOverTransportsToCore() {
        noClasses()
                .that()
                .resideInAPackage("io.fizeau.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fizeau.transports..", "io.fizeau.bench..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.fizeau.transports..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fizeau.bench..")
                .check(CLASSES);
    }

    @Test
    void shouldShareNothingWithResultsButTheRunFolder() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fizeau.results..")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoPackageCycles() {
        slices().matching("io.fizeau.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldKeepTransportsApart() {
        slices().matching("io.fizeau.transports.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAnyPackage(SHARED))
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "error, ''",
        "message, ''",
        "latency, ''",
        "impair, error random",
        "theory, error",
        "host, ''",
        "noise, host",
        "settings, error",
        "address, error",
        "transport, error settings address",
        "layer, error settings address transport",
        "registry, error settings address transport",
        "random, ''",
        "schedule, error random",
        "account, error transport latency schedule",
        "load, error settings address transport message latency account schedule random"
    })
    void shouldUseOfCoreOnly(String name, String others) {
        shouldUseOfOursOnly(
                CORE + name, Stream.of(others.split(" ")).map(CORE::concat).toArray(String[]::new));
    }

    @Test
    void shouldEndTheProcessOnlyInAMain() {
        noClasses()
                .that(not(resideInAPackage("io.fizeau.bench.cli..")
                        .or(describe("have a main", ArchitectureTest::isMain))))
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    /**
     * Settings arrive as records. Only {@code host} looks for itself: it describes the machine and sets nothing. And a node's traces do,
     * which are no option of a transport: they change nothing of what it does, and any program can turn them on.
     */
    @Test
    void shouldReadSystemPropertiesOnlyInBench() {
        noClasses()
                .that()
                .resideInAnyPackage("io.fizeau.core..", "io.fizeau.transports..")
                .and()
                .resideOutsideOfPackages("io.fizeau.core.host..", "io.fizeau.transports.datagram.trace..")
                .should()
                .callMethodWhere(READS_A_SYSTEM_PROPERTY)
                .check(CLASSES);
    }

    private static final DescribedPredicate<JavaMethodCall> READS_A_SYSTEM_PROPERTY =
            describe("reads a system property", ArchitectureTest::readsASystemProperty);

    private static boolean readsASystemProperty(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        String method = call.getTarget().getName();
        return switch (owner) {
            case "java.lang.System" -> method.equals("getProperty") || method.equals("getProperties");
            case "java.lang.Integer" -> method.equals("getInteger");
            case "java.lang.Long" -> method.equals("getLong");
            case "java.lang.Boolean" -> method.equals("getBoolean");
            default -> owner.equals("org.agrona.SystemUtil") && method.startsWith("getProperty");
        };
    }

    private static void shouldUseOfOursOnly(String name, String... others) {
        DescribedPredicate<JavaClass> ours = resideInAPackage("io.fizeau..");
        DescribedPredicate<JavaClass> allowed = resideInAPackage(name + "..").or(resideInAnyPackage(others));
        noClasses()
                .that()
                .resideInAPackage(name + "..")
                .should()
                .dependOnClassesThat(
                        ours.and(not(allowed)).as("are ours and not in %s %s", name, String.join(" ", others)))
                .allowEmptyShould(PLANNED.contains(name))
                .check(CLASSES);
    }

    private static boolean exists(String name) {
        return CLASSES.stream().anyMatch(type -> (type.getPackageName() + ".").startsWith(name + "."));
    }

    private static boolean isMain(JavaClass type) {
        return type.tryGetMethod("main", String[].class).isPresent();
    }
}
