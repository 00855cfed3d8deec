package igdrom.rom;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.firmware.FileKind;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.RomHeader;
import igdrom.rom.Check.Verdict;
import java.util.ArrayList;
import java.util.List;

/// Checks that the images of a ROM are where firmware looks for them.
public final class RomStructure {
    private static final String SUBJECT = "structure";
    private static final long PCIR_POINTER = 0x18;

    private RomStructure() {}

    /// Reads a ROM.
    ///
    /// @throws MalformedImageException when the file is not a ROM, with what it is where that is
    ///   known
    public static OptionRom read(Image file, Location location, Diagnostics diagnostics) {
        if (file.size() < RomHeader.SIZE || file.u16(0) != RomHeader.SIGNATURE) {
            FileKind kind = FileKind.of(file);
            String known =
                    switch (kind) {
                        case UNKNOWN -> "";
                        case CAPSULE, FLASH, VOLUME, UPDATE, COREBOOT, IMAGE, PROGRAM ->
                                ", but: " + kind.label() + "; a ROM can be built from it";
                        case OPTION_ROM, VBT, OPREGION, ARCHIVE -> ", but: " + kind.label();
                    };
            throw new MalformedImageException(
                    location, 0, "not an option ROM, which starts with 55 aa" + known);
        }
        if (file.u16(PCIR_POINTER) == 0) {
            throw new MalformedImageException(
                    location,
                    PCIR_POINTER,
                    "not an option ROM of a PCI device: no PCI data structure");
        }
        return OptionRom.read(file, location, diagnostics);
    }

    /// @param diagnostics of [#read]
    static List<Check> checks(OptionRom rom, Location location, Diagnostics diagnostics) {
        List<Check> checks = new ArrayList<>();
        boolean filled = rom.trailing().isFilledWith(0) || rom.trailing().isFilledWith(0xff);
        for (Diagnostic diagnostic : diagnostics.list()) {
            // In a firmware image anything may follow a ROM; in a ROM file only another image.
            boolean lost =
                    !filled
                            && diagnostic.location().equals(location)
                            && diagnostic.offset() == rom.size();
            boolean broken = lost || diagnostic.isBroken();
            checks.add(check(broken ? Verdict.BAD : Verdict.NOTE, diagnostic.toString()));
        }
        long hidden = hidden(rom);
        if (hidden >= 0) {
            checks.add(
                    check(
                            Verdict.BAD,
                            String.format(
                                    "image 0x%x ends the chain, but another image is at 0x%x",
                                    rom.images().getLast().offset(), hidden)));
        } else if (!filled) {
            checks.add(
                    check(
                            Verdict.NOTE,
                            String.format(
                                    "0x%x bytes after the last image", rom.trailing().size())));
        }
        if (diagnostics.list().isEmpty() && hidden < 0) {
            int count = rom.images().size();
            String message = count == 1 ? "one image" : count + " images, chain terminated";
            checks.add(check(Verdict.GOOD, message));
        }
        return checks;
    }

    private static Check check(Verdict verdict, String message) {
        return new Check(verdict, SUBJECT, message);
    }

    /// The offset of an image after the last one, or -1. A dump of a BAR larger than its ROM
    /// repeats the ROM, which does not count.
    private static long hidden(OptionRom rom) {
        Image rest = rom.trailing();
        if (rest.isEmpty() || !rom.images().getLast().pcir().last()) {
            return -1;
        }
        int first = rest.u8(0);
        long at = first == 0 || first == 0xff ? rest.indexOfOtherThan(first, 0) : 0;
        return OptionRom.looksLikeRom(rest, at)
                        && !rest.from(at).startsWith(rom.images().getFirst().raw())
                ? rom.size() + at
                : -1;
    }
}
