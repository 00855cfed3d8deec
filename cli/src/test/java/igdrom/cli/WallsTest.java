package igdrom.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The walls of the house: which room may use which, and what belongs to one room only.
class WallsTest {
    /// Close to the real number, since an importer that finds nothing finds nothing wrong. Raise it
    /// as the house grows.
    private static final int MIN_CLASSES = 780;

    /// What each room may use besides itself and the JDK; what those may use is spelled out.
    private static final Map<String, List<String>> ROOMS =
            Map.ofEntries(
                    Map.entry("bytes", List.of()),
                    Map.entry("json", List.of("igdrom.bytes..")),
                    Map.entry("formats", List.of("igdrom.bytes..")),
                    Map.entry("knowledge", List.of("igdrom.bytes..", "igdrom.formats.pci..")),
                    Map.entry(
                            "firmware",
                            List.of("igdrom.bytes..", "igdrom.formats..", "igdrom.knowledge..")),
                    Map.entry("samples", List.of("igdrom.bytes..", "igdrom.formats..")),
                    Map.entry(
                            "driver",
                            List.of("igdrom.bytes..", "igdrom.formats..", "igdrom.knowledge..")),
                    Map.entry(
                            "host", List.of("igdrom.bytes..", "igdrom.json..", "igdrom.formats..")),
                    Map.entry(
                            "plan",
                            List.of(
                                    "igdrom.bytes..",
                                    "igdrom.json..",
                                    "igdrom.formats..",
                                    "igdrom.knowledge..",
                                    "igdrom.firmware..",
                                    "igdrom.driver..",
                                    "igdrom.host..")),
                    Map.entry(
                            "rom",
                            List.of(
                                    "igdrom.bytes..",
                                    "igdrom.json..",
                                    "igdrom.formats..",
                                    "igdrom.knowledge..",
                                    "igdrom.firmware..",
                                    "igdrom.driver..",
                                    "igdrom.host..",
                                    "igdrom.plan..")),
                    Map.entry(
                            "hypervisor",
                            List.of(
                                    "igdrom.bytes..",
                                    "igdrom.json..",
                                    "igdrom.formats..",
                                    "igdrom.knowledge..",
                                    "igdrom.firmware..",
                                    "igdrom.driver..",
                                    "igdrom.host..",
                                    "igdrom.plan..")),
                    Map.entry(
                            "report",
                            List.of(
                                    "igdrom.bytes..",
                                    "igdrom.json..",
                                    "igdrom.formats..",
                                    "igdrom.knowledge..",
                                    "igdrom.firmware..",
                                    "igdrom.driver..",
                                    "igdrom.host..",
                                    "igdrom.plan..",
                                    "igdrom.hypervisor..",
                                    "igdrom.rom..")),
                    Map.entry("linux", List.of("igdrom.bytes..")),
                    Map.entry("fetch", List.of("igdrom.bytes..")),
                    Map.entry("vfiouser", List.of("igdrom.bytes..", "igdrom.linux..")),
                    Map.entry(
                            "virtualigd",
                            List.of(
                                    "igdrom.bytes..",
                                    "igdrom.formats..",
                                    "igdrom.knowledge..",
                                    "igdrom.vfiouser.wire..")),
                    Map.entry(
                            "bench",
                            List.of(
                                    "igdrom.bytes..",
                                    "igdrom.json..",
                                    "igdrom.formats..",
                                    "igdrom.knowledge..",
                                    "igdrom.firmware..",
                                    "igdrom.linux..",
                                    "igdrom.fetch..",
                                    "igdrom.samples..",
                                    "igdrom.vfiouser..",
                                    "igdrom.virtualigd..",
                                    "igdrom.driver..",
                                    "igdrom.host..",
                                    "igdrom.plan..",
                                    "igdrom.rom..")),
                    Map.entry("cli", List.of("igdrom..")));

    private static final String[] LIBRARIES = {
        "igdrom.bytes..",
        "igdrom.formats..",
        "igdrom.knowledge..",
        "igdrom.firmware..",
        "igdrom.driver..",
        "igdrom.rom..",
        "igdrom.plan..",
        "igdrom.hypervisor..",
        "igdrom.host.."
    };

    /// Rooms whose results depend on their arguments only.
    private static final String[] PURE = {
        "igdrom.json..",
        "igdrom.report..",
        "igdrom.formats..",
        "igdrom.knowledge..",
        "igdrom.firmware..",
        "igdrom.driver..",
        "igdrom.plan..",
        "igdrom.hypervisor..",
        "igdrom.rom..",
        "igdrom.vfiouser.wire..",
        "igdrom.virtualigd..",
        "igdrom.bench.judge..",
        "igdrom.bench.witness.."
    };

    private static final Set<String> FORBIDDEN_NAMES =
            Set.of(
                    "util", "utils", "helper", "helpers", "common", "manager", "misc", "impl",
                    "core");

    /// Types that assemble a model step by step hold state meanwhile.
    private static final Pattern MAKERS = Pattern.compile("(Emitter|Builder)$");

    /// An option in a text.
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z]");

    private static final Pattern OPTION_LITERAL = Pattern.compile("\"(--[a-z-]+)");
    private static final Pattern EXAMPLE = Pattern.compile("(sudo )?igdrom ");

    private static final Pattern BACKTICKED = Pattern.compile("`(\\w+)`");

    private static final Path OPTIONS_SOURCE =
            Path.of("src/main/java/igdrom/cli/options/Options.java");

    /// Classes that spell options of QEMU, the dynamic linker, busybox, grubby and virsh.
    private static final Set<String> CALLERS_OF_OTHER_PROGRAMS =
            Set.of(
                    "igdrom.bench.setup.Qemu",
                    "igdrom.bench.setup.QemuProbe",
                    "igdrom.bench.linux.HostInitramfs",
                    "igdrom.bench.linux.Initramfs",
                    "igdrom.cli.definition.LibvirtDomain",
                    "igdrom.cli.definition.Virsh",
                    "igdrom.plan.host.KernelParameters");

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("test-classes"))
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    // Built after this room, and checked by a test of its own.
                    .withImportOption(location -> !location.contains("/igdrom/web/"))
                    .importPackages("igdrom");

    @Test
    void the_whole_house_was_imported() {
        assertThat(HOUSE.size()).isGreaterThanOrEqualTo(MIN_CLASSES);
        Set<String> seen = new TreeSet<>();
        HOUSE.forEach(one -> seen.add(one.getPackageName().split("\\.", -1)[1]));
        assertThat(ROOMS.keySet()).isEqualTo(seen);
    }

    @Test
    void every_room_uses_only_what_its_row_names() {
        ROOMS.forEach((room, others) -> {
            List<String> allowed = new ArrayList<>(others);
            allowed.add("igdrom." + room + "..");
            noClasses()
                    .that(resideInAPackage("igdrom." + room + ".."))
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("igdrom..")
                                    .and(not(resideInAnyPackage(allowed.toArray(new String[0])))))
                    .check(HOUSE);
        });
    }

    @Test
    void architecture_page_has_each_room_above_those_it_uses() throws IOException {
        String page = Files.readString(Path.of("../docs/architecture.md"));
        Map<String, Integer> rows = new TreeMap<>();
        Matcher row = Pattern.compile("(?m)^│(.*)│$").matcher(page);
        for (int depth = 0; row.find(); depth++) {
            for (String room : row.group(1).strip().split(" +", -1)) {
                rows.put(room, depth);
            }
        }
        Map<String, List<String>> uses = new TreeMap<>();
        Matcher line = Pattern.compile("(?m)^\\| `(\\w+)` \\|.*\\| (.*) \\|$").matcher(page);
        while (line.find()) {
            uses.put(
                    line.group(1),
                    BACKTICKED
                            .matcher(line.group(2))
                            .results()
                            .map(name -> name.group(1))
                            .toList());
        }
        assertThat(uses.keySet()).isEqualTo(rows.keySet()).containsAll(ROOMS.keySet());
        rows.forEach((room, depth) -> {
            for (String one : uses.getOrDefault(room, List.of())) {
                assertThat(rows.get(one)).as("%s uses %s", room, one).isGreaterThan(depth);
            }
        });
        ROOMS.forEach((room, others) -> {
            Set<String> reached = reached(room, uses);
            for (String other : others) {
                String name = other.split("\\.", -1)[1];
                assertThat(name.isEmpty() || reached.contains(name)).as(room + other).isTrue();
            }
        });
    }

    /// The rooms that a room uses, and those that they use.
    private static Set<String> reached(String room, Map<String, List<String>> uses) {
        Set<String> reached = new TreeSet<>();
        for (String used : uses.getOrDefault(room, List.of())) {
            reached.add(used);
            reached.addAll(reached(used, uses));
        }
        return reached;
    }

    @Test
    void packages_form_no_cycles() {
        slices().matching("igdrom.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void memory_is_touched_in_bytes_and_linux_only() {
        none(
                        not(resideInAnyPackage("igdrom.bytes..", "igdrom.linux.."))
                                .and(not(resideInAPackage("igdrom.formats.compress.."))),
                        "java.lang.foreign..")
                .check(HOUSE);
        noClasses()
                .that(
                        not(
                                resideInAnyPackage(
                                        "igdrom.bytes..",
                                        "igdrom.linux..",
                                        "igdrom.formats.compress..")))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.nio.Buffer.class)
                .check(HOUSE);
        noClasses()
                .that(not(resideInAPackage("igdrom.linux..")))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.foreign.Linker")
                .check(HOUSE);
    }

    @Test
    void messages_know_no_socket() {
        none(resideInAPackage("igdrom.vfiouser.wire.."), "igdrom.linux..", "java.net..")
                .check(HOUSE);
    }

    @Test
    void third_party_libraries_stay_in_the_room_that_needs_them() {
        none(not(resideInAPackage("igdrom.cli..")), "picocli..").check(HOUSE);
        none(not(resideInAnyPackage("igdrom.cli..", "igdrom.vfiouser.wire..")), "tools.jackson..")
                .check(HOUSE);
        none(not(resideInAPackage("igdrom.formats.compress..")), "org.brotli..").check(HOUSE);
        none(
                        not(
                                resideInAnyPackage(
                                        "igdrom.formats.compress..",
                                        "igdrom.fetch..",
                                        "igdrom.bench.linux..")),
                        "org.tukaani..")
                .check(HOUSE);
        none(not(resideInAPackage("igdrom.fetch..")), "org.apache.commons..").check(HOUSE);
        none(not(resideInAPackage("igdrom.fetch..")), "org.bouncycastle..").check(HOUSE);
    }

    @Test
    void reports_need_no_files_no_threads_and_no_console() {
        noClasses()
                .that(resideInAnyPackage("igdrom.report..", "igdrom.json.."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.nio.file..", "java.util.concurrent..", "picocli..")
                                .or(
                                        named(
                                                "java.io.File",
                                                "java.io.Console",
                                                "java.io.PrintStream",
                                                "java.lang.Thread")))
                .check(HOUSE);
    }

    @Test
    void only_the_command_line_prints_and_only_main_exits() {
        noClasses()
                .that(not(resideInAPackage("igdrom.cli..")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(HOUSE);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("igdrom.cli.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(HOUSE);
    }

    /// So that one look finds out that nothing but the ROM of a device, when it is asked for, is
    /// written.
    @Test
    void host_opens_files_in_few_places() {
        noClasses()
                .that(
                        resideInAPackage("igdrom.host..")
                                .and(
                                        not(
                                                named(
                                                        "igdrom.host.linux.DeviceRom",
                                                        "igdrom.host.linux.HostPaths$Recorded",
                                                        "igdrom.host.linux.HostPaths$Live",
                                                        "igdrom.host.linux.HostRoot",
                                                        "igdrom.host.text.TextFile"))))
                .should()
                .dependOnClassesThat(
                        named(
                                "java.nio.file.Files",
                                "java.nio.channels.FileChannel",
                                "java.io.FileInputStream",
                                "java.io.FileOutputStream",
                                "java.io.FileWriter",
                                "java.io.RandomAccessFile"))
                .check(HOUSE);
    }

    @Test
    void decisions_see_no_clock_no_randomness_and_no_environment() {
        noClasses()
                .that(resideInAnyPackage(PURE))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .dependOnClassesThat(
                        resideInAnyPackage("java.time..", "java.util.random..")
                                .or(
                                        named(
                                                "java.util.Random",
                                                "java.util.concurrent.ThreadLocalRandom",
                                                "java.security.SecureRandom")))
                .check(HOUSE);
    }

    /// A build for the browser has no threads, and replaces this class.
    @Test
    void one_class_of_firmware_uses_threads() {
        noClasses()
                .that(
                        resideInAPackage("igdrom.firmware..")
                                .and(not(named("igdrom.firmware.Workers"))))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("java.util.concurrent").or(named("java.lang.Thread")))
                .check(HOUSE);
    }

    @Test
    void no_reflection_and_no_thread_locals() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("java.lang.reflect..")
                                .or(
                                        named(
                                                "java.util.ServiceLoader",
                                                "java.lang.ThreadLocal",
                                                "java.lang.ScopedValue",
                                                "sun.misc.Unsafe")))
                .check(HOUSE);
    }

    @Test
    void models_are_records_enums_or_sealed() {
        classes()
                .that(
                        resideInAnyPackage(LIBRARIES)
                                .and(not(resideInAPackage("igdrom.bytes..")))
                                .and(not(resideInAPackage("igdrom.formats.compress.."))))
                .and()
                .arePublic()
                .and(
                        not(
                                predicate(
                                        "make models",
                                        one -> MAKERS.matcher(one.getSimpleName()).find())))
                .and(
                        predicate(
                                "hold something",
                                one ->
                                        one.isInterface()
                                                || one.getFields().stream()
                                                        .anyMatch(WallsTest::isInstanceField)))
                .should(
                        be(
                                predicate(
                                        "a record, an enum, sealed or an exception",
                                        one ->
                                                one.isRecord()
                                                        || one.isEnum()
                                                        || one.reflect().isSealed()
                                                        || one.isAssignableTo(Throwable.class))))
                .check(HOUSE);
    }

    @Test
    void names_contain_no_filler() {
        classes()
                .should(
                        be(
                                predicate(
                                        "named without util, helper, common, manager or misc",
                                        one ->
                                                FORBIDDEN_NAMES.stream()
                                                        .noneMatch(word -> named(one, word)))))
                .check(HOUSE);
    }

    @Test
    void every_package_is_null_marked() {
        Set<String> unmarked = new TreeSet<>();
        HOUSE.forEach(one -> {
            if (!one.getPackage().isAnnotatedWith(NullMarked.class)) {
                unmarked.add(one.getPackageName());
            }
        });
        assertThat(unmarked).isEmpty();
    }

    @Test
    void options_are_spelled_in_one_package() throws IOException {
        Set<String> spelled = new TreeSet<>();
        for (JavaClass type : HOUSE) {
            if (resideInAnyPackage("igdrom.cli.options..", "igdrom.hypervisor..").test(type)
                    || CALLERS_OF_OTHER_PROGRAMS.contains(type.getName())) {
                continue;
            }
            for (String text : stringsIn(type)) {
                if (OPTION.matcher(text).find() && !isExample(type, text)) {
                    spelled.add(type.getName() + ": " + text);
                }
            }
        }
        assertThat(spelled).isEmpty();
    }

    @Test
    void each_option_is_spelled_once() throws IOException {
        Map<String, Integer> uses = new TreeMap<>();
        Matcher literals = OPTION_LITERAL.matcher(Files.readString(OPTIONS_SOURCE));
        while (literals.find()) {
            uses.merge(literals.group(1), 1, Integer::sum);
        }
        assertThat(uses).hasSizeGreaterThan(40);
        assertThat(uses.values()).containsOnly(1);
    }

    /// The examples of the help, each of which a test parses.
    private static boolean isExample(JavaClass type, String text) {
        return type.getPackageName().equals("igdrom.cli.commands")
                && type.getSimpleName().endsWith("Command")
                && EXAMPLE.matcher(text).lookingAt();
    }

    /// The constants of a class file that are strings.
    private static List<String> stringsIn(JavaClass type) throws IOException {
        List<String> strings = new ArrayList<>();
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            for (PoolEntry entry : ClassFile.of().parse(in.readAllBytes()).constantPool()) {
                if (entry instanceof StringEntry string) {
                    strings.add(string.stringValue());
                }
            }
        }
        return strings;
    }

    private static ArchRule none(DescribedPredicate<JavaClass> users, String... packages) {
        return noClasses().that(users).should().dependOnClassesThat(resideInAnyPackage(packages));
    }

    private static boolean isInstanceField(com.tngtech.archunit.core.domain.JavaField field) {
        return !field.getModifiers().contains(JavaModifier.STATIC);
    }

    private static boolean named(JavaClass one, String word) {
        return one.getSimpleName().toLowerCase(Locale.ROOT).endsWith(word)
                || List.of(one.getPackageName().split("\\.", -1)).contains(word);
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        return predicate(
                "named " + List.of(names), one -> List.of(names).contains(one.getFullName()));
    }

    private static DescribedPredicate<JavaClass> predicate(
            String description, java.util.function.Predicate<JavaClass> test) {
        return DescribedPredicate.describe(description, test);
    }
}
