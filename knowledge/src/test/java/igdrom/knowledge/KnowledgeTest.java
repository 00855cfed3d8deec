package igdrom.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Guid;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Platform.GmsEncoding;
import igdrom.knowledge.Platform.GraphicsControl;
import igdrom.knowledge.Platform.StolenBase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnowledgeTest {
    @Test
    void tables_break_no_rule() {
        assertThat(Knowledge.platforms()).extracting(Platform::name).doesNotHaveDuplicates();
        assertThat(Knowledge.devices()).hasSizeGreaterThan(360);
        assertThat(Knowledge.gops()).isNotEmpty();
        assertThat(Knowledge.pchs()).isNotEmpty();
        assertThat(Knowledge.vbtFamilies()).isNotEmpty();
    }

    @Test
    void row_is_found_by_its_whole_key() {
        assertThat(Knowledge.platform("ADL-N")).isPresent();
        assertThat(Knowledge.platform("ADL")).isEmpty();
        assertThat(Knowledge.platform("Sandy Bridge")).isEmpty();
        for (KnownGop gop : Knowledge.gops()) {
            assertThat(Knowledge.gopBySha256(gop.sha256())).contains(gop);
        }
        assertThat(Knowledge.gopBySha256("")).isEmpty();
    }

    @Test
    void placeholder_of_a_gop_is_no_device() {
        for (int id : new int[] {0xcafe, 0xff20, 0x9940}) {
            assertThat(Knowledge.isPlaceholder(PciId.intel(id))).isTrue();
            assertThat(Knowledge.knows(PciId.intel(id))).isFalse();
        }
        assertThat(Knowledge.isPlaceholder(PciId.intel(0x9a49))).isFalse();
    }

    @Test
    void vbt_family_is_found_by_the_start_of_the_platform_name() {
        assertThat(Knowledge.vbtFamily("ALDERLAKE-P").orElseThrow().name())
                .isEqualTo("ALDERLAKE-P");
        assertThat(Knowledge.vbtFamily("ALDERLAKE-S").orElseThrow().name()).isEqualTo("ALDERLAKE");
        assertThat(Knowledge.vbtFamily("SNB/IVB-DESKTOPd").orElseThrow().name())
                .isEqualTo("SNB/IVB-DESKTOP");
        assertThat(Knowledge.vbtFamily("ALDER")).isEmpty();
        for (VbtFamily each : Knowledge.vbtFamilies()) {
            assertThat(Knowledge.vbtFamily(each.name())).contains(each);
        }
    }

    @Test
    void new_bridges_have_a_name() {
        assertThat(Knowledge.pchOf(PciId.intel(0x7702)).orElseThrow().name())
                .isEqualTo("Arrow Lake-H SoC");
        assertThat(Knowledge.pchOf(PciId.intel(0xae0d)).orElseThrow().name())
                .isEqualTo("Arrow Lake-S SoC");
        assertThat(Knowledge.pchOf(PciId.intel(0xa807)).orElseThrow().name())
                .isEqualTo("Lunar Lake SoC");
        assertThat(Knowledge.pchOf(PciId.intel(0x7f08)).orElseThrow().name())
                .isEqualTo("Arrow Point-S (800 series)");
        assertThat(Knowledge.pchOf(PciId.intel(0x7f20))).isEmpty();
    }

    @Test
    void usual_bridge_depends_on_the_platform_and_the_variant_of_the_device() {
        assertThat(usualBridge("8086:46d1").id()).isEqualTo(PciId.intel(0x5481));
        assertThat(usualBridge("8086:46d1").other()).isNull();
        assertThat(usualBridge("8086:3e92").id()).isEqualTo(PciId.intel(0xa308));
        assertThat(usualBridge("8086:3e92").other()).isEqualTo(PciId.intel(0xa2c9));
        assertThat(usualBridge("8086:3ea9").id()).isEqualTo(PciId.intel(0x9d84));
        assertThat(usualBridge("8086:7d67").id()).isEqualTo(PciId.intel(0xae0d));
        assertThat(usualBridge("8086:7d51").id()).isEqualTo(PciId.intel(0x7702));
        assertThat(Knowledge.usualBridge(PciId.of("8086:1234"))).isEmpty();
    }

    @Test
    void every_row_of_a_usual_bridge_is_reached_by_a_device() {
        Set<UsualBridge> reached = new HashSet<>();
        for (Device device : Knowledge.devices()) {
            Knowledge.usualBridge(device.id()).ifPresent(reached::add);
        }
        assertThat(reached).containsExactlyInAnyOrderElementsOf(Knowledge.usualBridges());
        for (UsualBridge bridge : Knowledge.usualBridges()) {
            PciId other = bridge.other();
            if (other != null) {
                assertThat(Knowledge.pchOf(other)).isPresent();
                assertThat(Knowledge.pchOf(other)).isNotEqualTo(Knowledge.pchOf(bridge.id()));
            }
        }
    }

    @Test
    void vbt_family_includes_the_boards_it_was_seen_on_and_no_others() {
        assertThat(devicesWith("TIGERLAKE"))
                .contains("9a49", "4680", "a780")
                .doesNotContain("46d1");
        assertThat(devicesWith("ALDERLAKE-P")).contains("46d1", "46a6", "a7a0");
        assertThat(devicesWith("ALDERLAKE-P")).doesNotContain("4680", "a780", "9a49");
        assertThat(devicesWith("JASPERLAKE")).contains("4e61", "4571").doesNotContain("8a52");
        assertThat(devicesWith("PANTHERLAKE")).contains("b080").doesNotContain("d740", "d750");
        assertThat(devicesWith("HASWELL")).contains("0412", "1616").doesNotContain("1912");
        assertThat(devicesWith("DASH G2")).isEmpty();
    }

    @Test
    void vbt_family_of_desktop_boards_excludes_mobile_processors() {
        assertThat(devicesWith("SNB/IVB-DESKTOP")).contains("0102", "0162").doesNotContain("0166");
        assertThat(devicesWith("SANDYBRIDGE-M")).contains("0126").doesNotContain("0102");
        assertThat(devicesWith("SNB/IVB-MOBILE")).contains("0156", "0162");
    }

    @Test
    void vbt_family_names_the_graphics_that_it_was_seen_with() {
        assertThat(Knowledge.vbtFamily("TIGERLAKE").orElseThrow().graphics())
                .isEqualTo("Tiger Lake, Alder Lake-S, Raptor Lake-S");
        assertThat(Knowledge.vbtFamily("ROCKETLAKE").orElseThrow().graphics())
                .isEqualTo("Rocket Lake");
        assertThat(Knowledge.vbtFamily("SANDYBRIDGE-D").orElseThrow().graphics())
                .isEqualTo("Sandy Bridge on desktop boards, Ivy Bridge on desktop boards");
        assertThat(Knowledge.vbtFamily("DASH G2").orElseThrow().graphics())
                .isEqualTo("graphics that igdrom does not handle");
    }

    private static List<String> devicesWith(String family) {
        VbtFamily rows = Knowledge.vbtFamily(family).orElseThrow();
        return Knowledge.devices().stream()
                .filter(rows::includes)
                .map(device -> "%04x".formatted(device.id().device()))
                .toList();
    }

    @Test
    void gop_that_hung_with_a_vbt_without_outputs_is_known() {
        assertThat(Knowledge.vbtTrial("21.0.1066", "no-outputs"))
                .map(VbtTrial::outcome)
                .contains(VbtTrial.Outcome.HANGS);
        assertThat(Knowledge.vbtTrial("21.0.1066", "other")).isEmpty();
        assertThat(Knowledge.vbtTrial("21.0.106", "no-outputs")).isEmpty();
        Set<List<String>> seen = new HashSet<>();
        for (VbtTrial trial : Knowledge.vbtTrials()) {
            assertThat(seen.add(List.of(trial.gop(), trial.defect()))).isTrue();
        }
    }

    @Test
    void low_memory_of_q35_ends_at_2_gib_and_that_of_the_others_at_3_gib() {
        assertThat(Knowledge.lowMemory("q35").limit()).isEqualTo(0x8000_0000L);
        assertThat(Knowledge.lowMemory("pc").limit()).isEqualTo(0xc000_0000L);
        assertThat(Knowledge.lowMemory("bhyve").limit()).isEqualTo(0xc000_0000L);
        assertThatThrownBy(() -> Knowledge.lowMemory("microvm"))
                .hasMessage("low-memory.tsv has no row for microvm");
    }

    @Test
    void drivers_of_graphics_12_0_compare_the_base_of_stolen_memory() {
        for (Platform platform : Knowledge.platforms()) {
            assertThat(platform.baseCompared())
                    .as(platform.name())
                    .isEqualTo(platform.graphicsVersion() == 1200);
        }
    }

    @Test
    void platform_of_an_id_has_its_registers() {
        Platform platform = Knowledge.platformOf(PciId.of("8086:46d4")).orElseThrow();
        assertThat(platform)
                .isEqualTo(
                        new Platform(
                                "ADL-N",
                                "Alder Lake-N, Twin Lake",
                                1200,
                                new GraphicsControl(0x50, 8, 8, GmsEncoding.GEN9, 6, true),
                                new StolenBase(0xc0, 64, 0x1080c0),
                                16,
                                64,
                                8,
                                true,
                                true,
                                false,
                                null,
                                platform.source(),
                                platform.checked()));
    }

    @Test
    void platforms_without_stolen_memory_in_the_guest_have_no_base_register() {
        for (Platform platform : Knowledge.platforms()) {
            assertThat(platform.stolenBase() != null)
                    .as(platform.name())
                    .isEqualTo(platform.stolenInGuest())
                    .isEqualTo(platform.graphicsVersion() < 1270);
        }
    }

    @Test
    void unknown_id_and_id_of_another_vendor_have_no_platform() {
        assertThat(Knowledge.platformOf(PciId.of("1002:46d4"))).isEmpty();
        assertThat(Knowledge.platformOf(PciId.of("8086:cafe"))).isEmpty();
        assertThat(Knowledge.device(PciId.of("8086:2918"))).isEmpty();
    }

    @Test
    void device_has_its_name_and_its_note() {
        Device device = Knowledge.device(PciId.of("8086:a780")).orElseThrow();
        assertThat(device.marketing()).isEqualTo("UHD Graphics 770");
        assertThat(device.platform().name()).isEqualTo("RPL-S");
        assertThat(Knowledge.device(PciId.of("8086:87c0")).orElseThrow().note())
                .isEqualTo("unknown to QEMU");
    }

    @Test
    void processors_of_all_generations_are_known_by_machines_that_have_them() {
        assertThat(Knowledge.processors()).hasSizeGreaterThan(500);
        Set<String> platforms = new HashSet<>();
        for (Processor processor : Knowledge.processors()) {
            assertThat(processor.machines()).as(processor.name()).isPositive();
            assertThat(processor.source()).isNotBlank();
            assertThat(processor.checked()).matches("\\d{4}-\\d\\d-\\d\\d");
            for (PciId id : processor.ids()) {
                platforms.add(Knowledge.platformOf(id).orElseThrow().name());
            }
        }
        assertThat(platforms)
                .contains("SNB", "IVB", "HSW", "BDW", "SKL", "KBL", "CFL", "CML", "ICL", "JSL")
                .contains("RKL", "TGL", "ADL-N", "ADL-P", "ADL-S", "RPL-P", "RPL-S", "MTL", "ARL");
    }

    @Test
    void every_processor_is_found_by_its_own_name_and_by_nothing_shorter_than_its_number() {
        for (Processor processor : Knowledge.processors()) {
            assertThat(Knowledge.processors(processor.name())).containsExactly(processor);
        }
        assertThat(Knowledge.processors("v5")).isEmpty();
        assertThat(Knowledge.processors("Core")).isEmpty();
        assertThat(Knowledge.processors("")).isEmpty();
    }

    @Test
    void processor_is_found_in_any_case_and_with_any_words_before_its_number() {
        assertThat(ids("N100")).containsExactly("8086:46d1");
        assertThat(ids("n100")).containsExactly("8086:46d1");
        assertThat(ids("Intel(R) N100")).containsExactly("8086:46d1");
        assertThat(ids("Intel Processor N100")).containsExactly("8086:46d1");
        assertThat(ids("Celeron 1037U")).containsExactly("8086:0156");
        assertThat(ids("1037u")).containsExactly("8086:0156");
        for (String name :
                List.of(
                        "i5-8500",
                        "i5 8500",
                        "I58500",
                        "Intel Core i5-8500",
                        "Intel(R) Core(TM) i5-8500 CPU @ 3.00GHz")) {
            assertThat(ids(name)).as(name).containsExactly("8086:3e92");
        }
        assertThat(ids("12th Gen Intel(R) Core(TM) i9-12900K")).containsExactly("8086:4680");
        assertThat(ids("Pentium G5400")).containsExactly("8086:3e90");
        assertThat(ids("Xeon E3-1275 V5")).containsExactly("8086:191d");
        assertThat(ids("i5-9400")).containsExactly("8086:3e98", "8086:3e92");
        assertThat(ids("i5-850")).isEmpty();
    }

    private static List<String> ids(String name) {
        return Knowledge.processors(name).stream()
                .flatMap(processor -> processor.ids().stream())
                .map(PciId::toString)
                .toList();
    }

    @Test
    void every_platform_says_what_is_reported_of_it_in_guests() {
        for (Platform platform : Knowledge.platforms()) {
            Passthrough row = Knowledge.passthrough(platform);
            boolean reported =
                    Stream.of(row.beforeOs(), row.afterOs(), row.vgaBios(), row.sriov())
                            .anyMatch(reports ->
                                    reports == Passthrough.Reports.WORKS
                                            || reports == Passthrough.Reports.MIXED);
            assertThat(row.source() != null).as(platform.name()).isEqualTo(reported);
        }
    }

    @Test
    void graphics_before_sandy_bridge_are_no_platform() {
        assertThat(Knowledge.olderGraphics(PciId.intel(0x0046))).contains("Ironlake");
        assertThat(Knowledge.platformOf(PciId.intel(0x0046))).isEmpty();
        assertThat(Knowledge.olderGraphics(PciId.intel(0x0102))).isEmpty();
    }

    @Test
    void change_of_linux_has_its_first_release() {
        assertThat(Knowledge.change("linux-igd-0380").release()).isEqualTo("6.15");
        assertThatThrownBy(() -> Knowledge.change("linux-unheard-of"))
                .hasMessage("changes.tsv has no row for linux-unheard-of");
    }

    @Test
    void every_platform_has_devices_and_every_device_a_platform() {
        Set<Platform> seen = new HashSet<>();
        for (Device device : Knowledge.devices()) {
            seen.add(device.platform());
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(Knowledge.platforms());
    }

    @Test
    void every_row_has_its_source_and_date() {
        for (Device device : Knowledge.devices()) {
            assertThat(device.checked()).matches("\\d{4}-\\d\\d-\\d\\d");
            assertThat(device.source()).isNotBlank();
        }
        for (KnownGop gop : Knowledge.gops()) {
            assertThat(gop.checked()).matches("\\d{4}-\\d\\d-\\d\\d");
            assertThat(gop.sha256()).matches("[0-9a-f]{64}");
        }
    }

    @Test
    void stolen_memory_size_follows_the_encoding_of_the_generation() {
        assertThat(mib("SNB", 0x05 << 3)).isEqualTo(160);
        assertThat(mib("SNB", 0x11 << 3)).isZero();
        assertThat(mib("BDW", 0x0200)).isEqualTo(64);
        assertThat(mib("BDW", 0xf100)).isZero();
        assertThat(mib("CHV", 0x11 << 3)).isEqualTo(8);
        assertThat(mib("CHV", 0x16 << 3)).isEqualTo(28);
        assertThat(mib("CHV", 0x17 << 3)).isEqualTo(36);
        assertThat(mib("CHV", 0x1d << 3)).isEqualTo(60);
        assertThat(mib("CHV", 0x1e << 3)).isZero();
        assertThat(mib("SKL", 0xf100)).isEqualTo(8);
        assertThat(mib("SKL", 0xfe00)).isEqualTo(60);
        assertThat(mib("SKL", 0xff00)).isZero();
        assertThat(mib("TGL", 0x0200)).isEqualTo(64);
    }

    @Test
    void gop_is_identified_by_its_hash() {
        KnownGop gop =
                Knowledge.gopBySha256(
                                "8ed7384baa07772525d007d62cdaba18254e5e6d9e081323c808f0f061e7eb8f")
                        .orElseThrow();
        assertThat(gop.version()).isEqualTo("21.0.1066");
        assertThat(gop.platforms()).isEqualTo(List.of("ADL-P", "ADL-N", "RPL-P", "RPL-U"));
        assertThat(Knowledge.gopBySha256("00")).isEmpty();
    }

    @Test
    void platforms_of_known_gops_exist() {
        for (KnownGop gop : Knowledge.gops()) {
            for (String platform : gop.platforms()) {
                assertThat(Knowledge.platform(platform)).isPresent();
            }
        }
    }

    @Test
    void file_guid_has_its_usual_name() {
        FileName name =
                Knowledge.fileName(Guid.of("7755ca7b-ca8f-43c5-889b-e1f59a93d575")).orElseThrow();
        assertThat(name.name()).isEqualTo("IntelGopDriver");
        assertThat(name.kind()).isEqualTo(FileName.Kind.GOP);
        assertThat(Knowledge.fileName(new Guid(0, 0))).isEmpty();
    }

    private static UsualBridge usualBridge(String device) {
        return Knowledge.usualBridge(PciId.of(device)).orElseThrow();
    }

    private static long mib(String platform, int register) {
        return Knowledge.platform(platform).orElseThrow().graphicsControl().stolenSize(register)
                >> 20;
    }
}
