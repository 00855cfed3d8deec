package igdrom.bench.judge;

import igdrom.bench.judge.Expectation.OpRegion;
import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.MemoryMap;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.opregion.OpRegionHeader;
import igdrom.formats.vbt.Vbt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether the guest's memory holds the expected OpRegion where ASLS points, and whether the guest
/// finds the VBT from there.
final class OpRegionJudge {
    private static final int PAGE = 4096;
    private static final long FOUR_GIB = 1L << 32;
    private static final Location MEMORY = Location.root("OpRegion");

    private final String prefix;
    private final Expectation.Gpu expected;
    private final Look look;
    private final Observations.Gpu seen;
    private final List<Check> checks = new ArrayList<>();

    OpRegionJudge(String prefix, Expectation.Gpu expected, Look look, Observations.Gpu seen) {
        this.prefix = prefix;
        this.expected = expected;
        this.look = look;
        this.seen = seen;
    }

    List<Check> judge() {
        OpRegion opRegion = expected.opRegion();
        long asls = seen.asls();
        if (opRegion == null) {
            add(
                    "asls",
                    asls == 0 && expected.secondary(),
                    asls == 0
                            ? "no OpRegion"
                                    + (expected.secondary()
                                            ? ", which is normal for a device of class 0380"
                                            : ": neither the ROM nor fw_cfg has one")
                            : "ASLS is 0x%x, but neither the ROM nor fw_cfg has an OpRegion"
                                    .formatted(asls));
        } else if (asls == 0) {
            add("asls", false, "ASLS is 0: the guest has no OpRegion");
        } else {
            judgeLocation(opRegion, asls);
            judgeBytes(opRegion);
            if (opRegion.preset() != 0) {
                judgeKept(opRegion.preset(), asls);
            }
        }
        return checks;
    }

    private void judgeLocation(OpRegion opRegion, long asls) {
        checks.add(
                ConfigCheck.of(look.witness(), expected.location())
                        .shows(
                                prefix + "asls",
                                "ASLS",
                                igdrom.formats.opregion.OpRegion.ASLS,
                                32,
                                asls));
        long size = opRegion.bytes().size();
        add(
                "opregion.aligned",
                asls % PAGE == 0,
                asls % PAGE == 0
                        ? "begins on a page"
                        : "0x%x is not the beginning of a page".formatted(asls));
        add(
                "opregion.below4g",
                asls + size <= FOUR_GIB,
                "0x%x to 0x%x".formatted(asls, asls + size));
        MemoryMap memory = look.witness().memory();
        boolean nvs = memory.covers(asls, size, MemoryMap.ACPI_NVS);
        boolean reserved =
                opRegion.preset() != 0
                        && memory.covers(asls, size, MemoryMap.ACPI_NVS, MemoryMap.RESERVED);
        add("opregion.nvs", nvs || reserved, memory.describe(asls, size));
    }

    private void judgeBytes(OpRegion opRegion) {
        if (seen.opRegion().isEmpty()) {
            add("opregion.bytes", false, "ASLS does not point to memory");
            return;
        }
        Image found = seen.opRegion().get();
        long difference = firstDifference(opRegion.bytes(), found);
        add(
                "opregion.bytes",
                difference < 0,
                difference < 0
                        ? "%d bytes, all as in %s".formatted(found.size(), opRegion.source())
                        : "differs from %s at +0x%x".formatted(opRegion.source(), difference));
        judgeHeader(found);
        if (!opRegion.vbt().isEmpty()) {
            judgeVbt(opRegion, found);
        }
    }

    private void judgeHeader(Image found) {
        boolean valid =
                igdrom.formats.opregion.OpRegion.looksLikeOpRegion(found, 0)
                        && found.u8(OpRegionHeader.MAJOR_OFFSET) > 0;
        add(
                "opregion.header",
                valid,
                valid
                        ? "version %d.%d"
                                .formatted(
                                        found.u8(OpRegionHeader.MAJOR_OFFSET),
                                        found.u8(OpRegionHeader.MINOR_OFFSET))
                        : "signature, size or version is invalid");
    }

    /// Follows the pointer in the guest's memory as a driver in the guest does.
    private void judgeVbt(OpRegion opRegion, Image found) {
        Optional<Image> room;
        long size;
        try {
            room = igdrom.formats.opregion.OpRegion.read(found, MEMORY, new Diagnostics()).vbt();
            size = room.isPresent() ? Vbt.wholeSize(room.get(), MEMORY.in("VBT", 0)) : 0;
        } catch (MalformedImageException e) {
            add("opregion.vbt", false, String.valueOf(e.getMessage()));
            return;
        }
        if (room.isEmpty()) {
            add("opregion.vbt", false, "the guest finds no VBT in mailbox 4 or where RVDA points");
            return;
        }
        boolean same = room.get().slice(0, size).equals(opRegion.vbt());
        add(
                "opregion.vbt",
                same,
                same
                        ? "%d bytes, all as in %s".formatted(size, opRegion.source())
                        : "not the VBT of " + opRegion.source());
    }

    private void judgeKept(long preset, long asls) {
        add(
                "opregion.kept",
                asls == preset,
                asls == preset
                        ? "left at 0x%x".formatted(asls)
                        : "moved from 0x%x to 0x%x".formatted(preset, asls));
    }

    private void add(String id, boolean ok, String evidence) {
        checks.add(new Check(prefix + id, ok, evidence));
    }

    private static long firstDifference(Image expected, Image found) {
        long size = Math.min(expected.size(), found.size());
        for (long offset = 0; offset < size; offset++) {
            if (expected.u8(offset) != found.u8(offset)) {
                return offset;
            }
        }
        return expected.size() == found.size() ? -1 : size;
    }
}
