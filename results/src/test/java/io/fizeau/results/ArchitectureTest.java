package io.fizeau.results;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The run folder is the only contract between the benchmarks and the results, and packages have a direction. */
class ArchitectureTest {
    private static final JavaClasses RESULTS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.fizeau.results");

    @Test
    void shouldKnowFilesAndNoTransport() {
        noClasses()
                .that()
                .resideInAPackage("io.fizeau.results..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fizeau.core..", "io.fizeau.transports..", "io.fizeau.bench..")
                .check(RESULTS);
    }

    @Test
    void shouldHaveNoPackageCycles() {
        slices().matching("io.fizeau.(**)").should().beFreeOfCycles().check(RESULTS);
    }

    @Test
    void shouldEndTheProcessOnlyInACommand() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.fizeau.results.cli..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(RESULTS);
    }
}
