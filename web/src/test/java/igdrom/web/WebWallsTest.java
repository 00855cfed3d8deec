package igdrom.web;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/// The walls around this room, which is built after the one whose test checks the others.
class WebWallsTest {
    private static final JavaClasses ROOM =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("test-classes"))
                    .importPackages("igdrom.web");

    @Test
    void the_whole_room_was_imported() {
        assertThat(ROOM.size()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void the_engine_uses_report_and_what_report_uses() {
        noClasses()
                .that(
                        resideInAPackage("igdrom.web..")
                                .and(not(resideInAPackage("igdrom.web.browser.."))))
                .and()
                .haveSimpleNameNotEndingWith("Test")
                .and()
                .haveSimpleNameNotContaining("CommandLine")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "igdrom.cli..",
                                "igdrom.bench..",
                                "igdrom.fetch..",
                                "igdrom.linux..",
                                "igdrom.vfiouser..",
                                "igdrom.virtualigd..",
                                "tools.jackson..",
                                "picocli.."))
                .check(ROOM);
    }

    @Test
    void teavm_is_used_at_the_border_and_in_the_build_only() {
        noClasses()
                .that(not(resideInAnyPackage("igdrom.web.page..")))
                .and()
                .haveSimpleNameNotContaining("Exports")
                .and()
                .haveSimpleNameNotContaining("Substitutions")
                .should()
                .dependOnClassesThat(resideInAPackage("org.teavm.."))
                .check(ROOM);
    }

    @Test
    void the_engine_knows_nothing_of_the_build_and_packages_form_no_cycles() {
        noClasses()
                .that(not(resideInAPackage("igdrom.web.page..")))
                .and()
                .haveSimpleNameNotEndingWith("Test")
                .should()
                .dependOnClassesThat(resideInAPackage("igdrom.web.page.."))
                .check(ROOM);
        slices().matching("igdrom.(**)").should().beFreeOfCycles().check(ROOM);
    }
}
