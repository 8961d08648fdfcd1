package dev.dsync.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleArchitectureTest {

    private static final JavaClasses OUTSIDE_CORE =
            ModuleClasses.of("dsync-metadata", "dsync-discord", "dsync-web", "dsync-cli");
    private static final JavaClasses QUIET = ModuleClasses.of("dsync-metadata", "dsync-discord", "dsync-web");

    @ParameterizedTest
    @ValueSource(strings = {"metadata", "discord", "web", "cli"})
    void moduleHasOnePackageTreeNamedAfterIt(String module) {
        classes()
                .should()
                .resideInAPackage("dev.dsync." + module + "..")
                .because("from a class name one should see the module it lies in")
                .allowEmptyShould(true)
                .check(ModuleClasses.of("dsync-" + module));
    }

    @ParameterizedTest
    @CsvSource({
        "metadata, discord web cli bench",
        "discord, metadata web cli bench",
        "web, metadata discord cli bench",
        "cli, bench",
    })
    void moduleKnowsNothingOf(String module, String others) {
        String[] packages = others.replaceAll("(\\w+)", "dev.dsync.$1..").split(" ");
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .because("only the command line wires modules together")
                .allowEmptyShould(true)
                .check(ModuleClasses.of("dsync-" + module));
    }

    @ParameterizedTest
    @CsvSource({
        "java.sql.. org.sqlite.., metadata",
        "okhttp3.. java.net.http.., discord",
        "io.javalin.. jakarta.servlet.. org.eclipse.jetty.., web",
        "picocli.. ch.qos.logback.., cli",
    })
    void libraryStaysInItsModule(String libraries, String module) {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.dsync." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries.split(" "))
                .because("dsync-" + module + " is there to hide it")
                .allowEmptyShould(true)
                .check(OUTSIDE_CORE);
    }

    @Test
    void noModuleHasCiphersOfItsOwn() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.crypto..", "org.bouncycastle..")
                .because("cryptography lies in core's packages key and codec")
                .allowEmptyShould(true)
                .check(OUTSIDE_CORE);
    }

    @Test
    void nothingButTheCommandLinePrints() {
        HouseRules.nothingPrints().check(QUIET);
    }

    @ParameterizedTest
    @MethodSource("dev.dsync.architecture.HouseRules#all")
    void houseRuleHolds(ArchRule rule) {
        rule.check(OUTSIDE_CORE);
    }
}
