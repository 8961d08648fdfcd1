package dev.dsync.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CoreArchitectureTest {

    /** Leaves first: a package uses only those before it. */
    private static final List<String> PACKAGES =
            List.of("source", "key", "storage", "chunk", "codec", "pack", "catalog", "placement", "pipeline", "vault");

    /** The packages below {@code pipeline}, in the same order. */
    private static final List<String> PASSES =
            List.of("parts", "loss", "content", "commit", "sync", "restore", "edit", "check", "tidy");

    private static final JavaClasses CORE = ModuleClasses.of("dsync-core");

    @ParameterizedTest
    @MethodSource("packagesWithLaterOnes")
    void packageUsesOnlyThoseBeforeIt(String name, List<String> order) {
        String[] later = order.subList(order.indexOf(name) + 1, order.size()).stream()
                .map(CoreArchitectureTest::tree)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(tree(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(later)
                .because("arrows point one way: " + String.join(", ", order))
                .check(CORE);
    }

    @Test
    void whatPassesAreAskedKnowsNoPass() {
        noClasses()
                .that()
                .resideInAPackage("dev.dsync.pipeline")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.dsync.pipeline.*..")
                .because("options, events and reports are what a user of the library sees; the passes lie behind them")
                .check(CORE);
    }

    @Test
    void everyClassHasItsPlaceInTheOrder() {
        classes()
                .should()
                .resideInAnyPackage(
                        PACKAGES.stream().map(CoreArchitectureTest::tree).toArray(String[]::new))
                .check(CORE);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("dev.dsync.(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void coreKnowsNoDatabaseNoNetworkNoJson() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "org.sqlite..",
                        "java.net.http..",
                        "javax.net..",
                        "okhttp3..",
                        "io.javalin..",
                        "com.fasterxml.jackson..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(\\w*URL\\w*|\\w*Socket\\w*)")
                .because("a user of the library gets storage and a catalog only by adding their modules")
                .check(CORE);
    }

    @Test
    void onlyKeyAndCodecTouchCiphers() {
        noClasses()
                .that()
                .resideOutsideOfPackages(tree("key"), tree("codec"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.crypto..", "org.bouncycastle..")
                .because("who reviews the cryptography should find all of it in two places")
                .check(CORE);
    }

    @Test
    void nothingPrints() {
        HouseRules.nothingPrints().check(CORE);
    }

    @ParameterizedTest
    @MethodSource("dev.dsync.architecture.HouseRules#all")
    void houseRuleHolds(ArchRule rule) {
        rule.check(CORE);
    }

    private static Stream<Arguments> packagesWithLaterOnes() {
        List<String> passes = PASSES.stream().map("pipeline."::concat).toList();
        return Stream.of(PACKAGES, passes)
                .flatMap(order -> order.subList(0, order.size() - 1).stream().map(name -> Arguments.of(name, order)));
    }

    private static String tree(String name) {
        return "dev.dsync." + name + "..";
    }
}
