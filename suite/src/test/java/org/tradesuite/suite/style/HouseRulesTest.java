package org.tradesuite.suite.style;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.UUID;

/** The house rules, each with what to do when it is broken. */
@AnalyzeClasses(packages = "org.tradesuite", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {

    private static final String[] PURE = {
        "org.tradesuite.execution.order..",
        "org.tradesuite.execution.risk..",
        "org.tradesuite.execution.plan..",
        "org.tradesuite.execution.routing..",
        "org.tradesuite.execution.position..",
        "org.tradesuite.execution.marketdata..",
        "org.tradesuite.execution.allocation..",
        "org.tradesuite.reconciliation.match.."
    };

    @ArchTest
    static final ArchRule one_package_speaks_fix = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.tradesuite.execution.fix..",
                    "org.tradesuite.reconciliation.dropcopy..",
                    "org.tradesuite.suite.broker..",
                    "org.tradesuite.suite.market..",
                    "org.tradesuite.suite.benchmark..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("quickfix..")
            .because("FIX is one room of an application: give execution.fix an engine.Input or an engine.Effect"
                    + " instead, and read what reconciliation.dropcopy wrote down");

    @ArchTest
    static final ArchRule generated_api_types_stay_at_the_web_edge = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..web..", "org.tradesuite.openapi..", "org.tradesuite.suite..", "org.tradesuite.runsheet..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.tradesuite.openapi..api..",
                    "org.tradesuite.openapi..model..",
                    "org.tradesuite.openapi..client.."))
            .because("the contract's types belong to the package named web of each application: map there");

    @ArchTest
    static final ArchRule applications_do_not_know_each_other = slices().assignedFrom(new Applications())
            .should()
            .notDependOnEachOther()
            .because("applications share a database contract, not classes: read the other's _api view");

    @ArchTest
    static final ArchRule nobody_depends_on_the_suite = noClasses()
            .that()
            .resideOutsideOfPackage("org.tradesuite.suite..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.tradesuite.suite.."))
            .because("the suite composes the applications; what they need belongs to them");

    @ArchTest
    static final ArchRule simulators_share_no_code_with_what_they_test = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.tradesuite.suite.broker..",
                    "org.tradesuite.suite.market..",
                    "org.tradesuite.suite.custodian..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.tradesuite.execution..",
                    "org.tradesuite.settlement..",
                    "org.tradesuite.reconciliation..",
                    "org.tradesuite.reporting..",
                    "org.tradesuite.market..",
                    "org.tradesuite.eventstore..",
                    "org.tradesuite.runsheet.."))
            .because("a simulator that shares code shares mistakes: speak the wire format");

    @ArchTest
    static final ArchRule the_pure_rooms_know_no_framework = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.springframework..", "java.sql..", "javax.sql..", "quickfix..", "jakarta..", "tools.jackson.."))
            .because("order, risk, plan, routing, position, market data, allocation and matching are functions of"
                    + " their arguments");

    @ArchTest
    static final ArchRule time_is_an_argument = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("the day runs on an injected clock: take a java.time.Clock or the instant itself");

    @ArchTest
    static final ArchRule pure_rooms_do_not_even_see_a_clock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class)
            .because("a pure room takes the instant as an argument");

    @ArchTest
    static final ArchRule chance_is_an_argument = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.tradesuite.execution..", "org.tradesuite.settlement..", "org.tradesuite.reconciliation..")
            .should()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Random.class)
            .because("replay equals live only if ids and chance come in from outside");

    @ArchTest
    static final ArchRule names_say_something = classes()
            .that()
            .resideInAPackage("org.tradesuite..")
            .and()
            .resideOutsideOfPackage("org.tradesuite.openapi..")
            .should()
            .haveNameNotMatching(".*(Impl|Utils?|Helper|Manager|Dto)$")
            .because("a class is named for what it is in the market, not for how it is used");

    @ArchTest
    static final ArchRule packages_say_something = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..", "..common..", "..helper..", "..impl..", "..dto..", "..manager..", "..service..")
            .because("a package is a business noun");
}
