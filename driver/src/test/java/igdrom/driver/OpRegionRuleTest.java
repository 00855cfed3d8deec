package igdrom.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.OpRegionRule.Rvda;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.opregion.VbtExtent;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `OpRegionAgreementTest` compares these rules with the C driver.
class OpRegionRuleTest {
    private static final Location FILE = Location.root("opregion.bin");
    private static final Image VBT = vbt();
    private static final long SIZE = VBT.size();

    @Test
    void vbt_in_mailbox_4_stays_there() {
        Image image = bytes(OpRegionBuilder.around(VBT));
        OpRegionRule rule = OpRegionRule.of(image, FILE);
        assertThat(rule)
                .isEqualTo(
                        new OpRegionRule(
                                rule.header(),
                                image,
                                new VbtExtent(0x400, SIZE),
                                Rvda.NONE,
                                List.of()));
        assertThat(rule.vbtBytes()).isEqualTo(VBT);
    }

    @Test
    void mailbox_for_software_sci_is_cleared() {
        Image image = OpRegionSamples.patched(bytes(OpRegionBuilder.around(VBT)), 0x58, "1f000000");
        OpRegionRule rule = OpRegionRule.of(image, FILE);
        assertThat(rule.image()).isEqualTo(OpRegionSamples.patched(image, 0x58, "1d000000"));
        assertThat(rule.header().mailboxes()).isEqualTo(0x1d);
        assertThat(rule.problems()).isEmpty();
    }

    @Test
    void relative_rvda_is_kept_and_bytes_after_the_vbt_are_dropped() {
        Image image = with(0x0201, 0x2000, SIZE, VBT);
        Image longer = new Emitter().image(image).fill(0xff, 77).toImage();
        OpRegionRule rule = OpRegionRule.of(longer, FILE);
        assertThat(rule)
                .isEqualTo(
                        new OpRegionRule(
                                rule.header(),
                                image,
                                new VbtExtent(0x2000, SIZE),
                                Rvda.KEPT,
                                List.of()));
    }

    @Test
    void address_in_the_hosts_memory_becomes_relative_when_the_vbt_follows() {
        OpRegionRule rule =
                OpRegionRule.of(with(0x0200, 0x7abc_1000L, SIZE + 3, VBT, "000000"), FILE);
        assertThat(rule)
                .isEqualTo(
                        new OpRegionRule(
                                rule.header(),
                                with(0x0201, 0x2000, SIZE + 3, VBT, "000000"),
                                new VbtExtent(0x2000, SIZE),
                                Rvda.REWRITTEN,
                                List.of()));
        assertThat(rule.header().versionText()).isEqualTo("2.1");
    }

    @Test
    void rvda_that_points_beyond_the_end_is_cleared() {
        long end = 0x2000 + SIZE;
        List.of(0x2001L, 0x2000_0000L, 0xffff_ffff_ffff_f000L, Long.MIN_VALUE)
                .forEach(rvda ->
                        assertThat(problems(with(0x0201, rvda, SIZE, VBT), Rvda.BEYOND))
                                .containsExactly(
                                        ("opregion.bin +0x3ba: RVDA 0x%x and RVDS 0x%x extend"
                                                        + " beyond the end at 0x%x")
                                                .formatted(rvda, SIZE, end),
                                        "opregion.bin +0x400: no VBT in mailbox 4 or where RVDA"
                                                + " points"));
        assertThat(problems(with(0x0201, 0x2000, 0xffff_ffffL, VBT), Rvda.BEYOND).getFirst())
                .isEqualTo(
                        "opregion.bin +0x3ba: RVDA 0x2000 and RVDS 0xffffffff extend beyond the end"
                                + " at 0x%x".formatted(end));
        assertThat(problems(with(0x0200, 0x7abc_1000L, SIZE, Image.EMPTY), Rvda.BEYOND))
                .containsExactly(
                        "opregion.bin +0x3ba: RVDA is the physical address 0x7abc1000, not in these"
                                + " bytes",
                        "opregion.bin +0x400: no VBT in mailbox 4 or where RVDA points");
        assertThat(problems(with(0x0200, 0x7abc_1000L, SIZE + 1, VBT), Rvda.BEYOND).getFirst())
                .isEqualTo(
                        "opregion.bin +0x3c2: RVDS is 0x%x, 0x%x bytes follow the OpRegion"
                                .formatted(SIZE + 1, SIZE));
    }

    @Test
    void rvda_that_does_not_point_to_a_whole_vbt_is_cleared() {
        assertThat(problems(with(0x0302, 0x2000, SIZE - 1, VBT), Rvda.WRONG).getFirst())
                .isEqualTo(
                        "opregion.bin +0x3c2: RVDS is 0x%x, the VBT there has 0x%x bytes"
                                .formatted(SIZE - 1, SIZE));
        assertThat(
                        problems(with(0x0201, 0x2000, 0x400, VBT.slice(0, 0x400)), Rvda.WRONG)
                                .getFirst())
                .isEqualTo(
                        "opregion.bin/VBT@0x2000 +0x18: the VBT is truncated: it has 0x%x bytes,"
                                        .formatted(SIZE)
                                + " 0x400 are left");
        assertThat(problems(with(0x0201, 0x2000, 16, Image.of(new byte[16])), Rvda.WRONG))
                .containsExactly(
                        "opregion.bin +0x3ba: RVDA is 0x2000, expected the offset of a VBT",
                        "opregion.bin +0x400: no VBT in mailbox 4 or where RVDA points");
        assertThat(problems(with(0x0200, 0x7abc_1000L, 16, Image.of(new byte[16])), Rvda.WRONG))
                .containsExactly(
                        "opregion.bin +0x3ba: RVDA is the physical address 0x7abc1000, not in these"
                                + " bytes",
                        "opregion.bin +0x400: no VBT in mailbox 4 or where RVDA points");
    }

    @Test
    void vbt_in_mailbox_4_is_used_when_rvda_points_nowhere() {
        Image both =
                new Emitter()
                        .image(bytes(OpRegionBuilder.around(VBT)))
                        .patch(0x3ba, new Emitter().u64(0x2000).u32(SIZE).toImage())
                        .toImage();
        OpRegionRule rule = OpRegionRule.of(both, FILE);
        assertThat(rule.rvda()).isEqualTo(Rvda.BEYOND);
        assertThat(rule.vbt()).isEqualTo(new VbtExtent(0x400, SIZE));
        assertThat(rule.image()).isEqualTo(bytes(OpRegionBuilder.around(VBT)));
        assertThat(rule.problems()).hasSize(1);
    }

    @Test
    void truncated_vbt_in_mailbox_4_is_ignored() {
        Image large = patched(bytes(OpRegionBuilder.around(VBT)), 0x418, "ffff");
        assertThat(problems(large, Rvda.NONE))
                .containsExactly(
                        "opregion.bin/VBT@0x400 +0x18: the VBT is truncated: it has 0xffff bytes,"
                                + " 0x1c00 are left");
    }

    @Test
    void vbt_after_the_opregion_is_ignored_when_rvda_does_not_point_to_it() {
        for (Image region :
                List.of(
                        with(0x0100, 0x2000, SIZE, VBT),
                        with(0x0201, 0x2000, 0, VBT),
                        with(0x0201, 0, SIZE, VBT),
                        patched(with(0x0201, 0x2000, SIZE, VBT), 0x58, "1b"))) {
            assertThat(problems(region, Rvda.NONE))
                    .containsExactly(
                            "opregion.bin +0x400: no VBT in mailbox 4, and RVDA does not point to"
                                    + " the one after the OpRegion");
        }
    }

    @Test
    void file_that_is_not_an_opregion_is_refused() {
        Image image = bytes(OpRegionBuilder.around(VBT));
        refuses(image.slice(0, 0x1fff), "mailbox 5 needs 0x400 bytes, 0x3ff are left", 0x1c00);
        refuses(patched(image, 0, "00"), "Signature is not \"IntelGraphicsMem\"", 0);
        refuses(patched(image, 0x10, "09"), "Size is 9 KiB, an OpRegion has 8", 0x10);
        refuses(patched(image, 0x10, "00"), "Size is 0 KiB, an OpRegion has 8", 0x10);
        refuses(
                patched(image, 0x10, "ffffffff"),
                "Size is 4294967295 KiB, an OpRegion has 8",
                0x10);
        refuses(patched(image, 0x16, "0000"), "OVER is 0.0, known are 1.0 to 3.x", 0x17);
        refuses(
                new Emitter().image(image).fillTo(0x40001, 0).toImage(),
                "0x40001 bytes, the maximum for an OpRegion and its VBT is 0x40000",
                0x40000);
    }

    private static void refuses(Image image, String problem, long offset) {
        assertThatThrownBy(() -> OpRegionRule.of(image, FILE))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("opregion.bin +0x%x: %s".formatted(offset, problem));
    }

    private static List<String> problems(Image image, Rvda rvda) {
        OpRegionRule rule = OpRegionRule.of(image, FILE);
        assertThat(rule.rvda()).isEqualTo(rvda);
        List<String> problems = new ArrayList<>();
        for (Diagnostic problem : rule.problems()) {
            assertThat(problem.severity()).isEqualTo(Diagnostic.Severity.BROKEN);
            problems.add(problem.toString());
        }
        return problems;
    }

    /// An OpRegion without a VBT in mailbox 4, followed by `trailing`.
    private static Image with(int version, long rvda, long rvds, Image trailing) {
        return with(version, rvda, rvds, trailing, "");
    }

    private static Image with(int version, long rvda, long rvds, Image trailing, String more) {
        Image bare = patched(bytes(OpRegionBuilder.around(VBT)), 0x400, "00");
        Emitter out = new Emitter().image(bare);
        out.patch(0x16, new Emitter().u16(version).toImage());
        out.patch(0x3ba, new Emitter().u64(rvda).u32(rvds).toImage());
        return out.image(trailing).image(Image.ofHex(more)).toImage();
    }

    private static Image patched(Image image, long offset, String hex) {
        return new Emitter().image(image).patch(offset, Image.ofHex(hex)).toImage();
    }

    private static Image vbt() {
        Emitter out = new Emitter();
        new VbtBuilder("TIGERLAKE", 240)
                .device(8, DeviceType.EDP, DvoPort.DP_A, 0, 0x40)
                .block(254, Image.of(new byte[0x400]))
                .build()
                .write(out);
        return out.toImage();
    }

    private static Image bytes(OpRegion region) {
        Emitter out = new Emitter();
        region.write(out);
        return out.toImage();
    }
}
