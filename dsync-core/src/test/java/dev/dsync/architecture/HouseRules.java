package dev.dsync.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** The rules that every module keeps, each with its reason. They hold for no classes at all, and bite with the first. */
public final class HouseRules {

    /** Names that say a class holds more than one idea, or none of its own. */
    private static final String SHAPELESS_NAME = ".*(Manager|Helper|Util|Utils|Impl)";

    private HouseRules() {}

    /** All rules of this class. */
    public static List<ArchRule> all() {
        return List.of(
                packagesAreNullMarked(),
                namesSayWhatTheClassIs(),
                publicClassesAreMadeToBeExtendedOrFinal(),
                noOldDates(),
                noOldLogging());
    }

    /** Nothing prints but the command line: a library that writes to standard output spoils its user's. */
    public static ArchRule nothingPrints() {
        return allowingNone(noClasses()
                .should(accessField(System.class, "out"))
                .orShould(accessField(System.class, "err"))
                .because("only the command line talks to the terminal; everything else returns results or logs"));
    }

    private static ArchRule packagesAreNullMarked() {
        return allowingNone(classes()
                .should(new ArchCondition<>("live in a package that is @NullMarked") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                        events.add(new SimpleConditionEvent(
                                type, marked, type.getPackageName() + " lacks @NullMarked in its package-info.java"));
                    }
                })
                .because("null never crosses a method boundary unmarked"));
    }

    private static ArchRule namesSayWhatTheClassIs() {
        return allowingNone(noClasses()
                .should()
                .haveNameMatching(SHAPELESS_NAME)
                .because("a class is named for the one thing it is"));
    }

    private static ArchRule publicClassesAreMadeToBeExtendedOrFinal() {
        DescribedPredicate<JavaClass> open = DescribedPredicate.describe(
                "open for extension by accident",
                type -> !type.isInterface()
                        && !type.isEnum()
                        && !type.getModifiers().contains(FINAL)
                        && !type.getModifiers().contains(ABSTRACT)
                        && !type.reflect().isSealed());
        return allowingNone(noClasses()
                .that()
                .arePublic()
                .should(beAs(open))
                .because("what is public is a promise: it is final, or abstract, or sealed"));
    }

    private static ArchRule noOldDates() {
        return allowingNone(noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Date|Calendar|GregorianCalendar)|java\\.text\\.\\w*DateFormat")
                .because("java.time says which kind of time is meant"));
    }

    private static ArchRule noOldLogging() {
        return allowingNone(noClasses()
                .should(dependOnClassesThat(resideInAnyPackage(
                        "java.util.logging..", "org.apache.commons.logging..", "org.apache.log4j..")))
                .because("modules log through slf4j"));
    }

    private static ArchCondition<JavaClass> beAs(DescribedPredicate<JavaClass> predicate) {
        return ArchCondition.from(predicate);
    }

    /** A rule over classes that do not exist yet must not fail. */
    private static ArchRule allowingNone(ArchRule rule) {
        return rule.allowEmptyShould(true);
    }
}
