package igdrom.rom;

import igdrom.bytes.Finding;
import igdrom.bytes.Findings;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import igdrom.bytes.Problem;
import igdrom.firmware.Kind;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.RomHeader;
import igdrom.rom.Check.Verdict;
import java.util.ArrayList;
import java.util.List;

/// Whether the images of a ROM are where firmware looks for them.
final class RomStructure {
    private static final String SUBJECT = "structure";
    private static final long PCIR_POINTER = 0x18;

    private RomStructure() {}

    /// Reads a file that ought to be a ROM.
    ///
    /// @throws MalformedImageException when it is none
    static OptionRom read(Image file, Place place, Findings findings) {
        if (file.size() < RomHeader.SIZE || file.u16(0) != RomHeader.SIGNATURE) {
            Kind kind = Kind.of(file);
            String known = kind == Kind.UNKNOWN ? "" : ", but: " + kind.label();
            throw new MalformedImageException(
                    place, 0, "this is no option ROM, which begins with 55 aa" + known);
        }
        if (file.u16(PCIR_POINTER) == 0) {
            throw new MalformedImageException(
                    place,
                    PCIR_POINTER,
                    "this is no option ROM of a PCI device: it has no PCI data structure");
        }
        return OptionRom.read(file, place, findings);
    }

    /// @param findings of [#read]
    static List<Check> checks(OptionRom rom, Place place, Findings findings) {
        List<Check> checks = new ArrayList<>();
        boolean filled = rom.trailing().isFilledWith(0) || rom.trailing().isFilledWith(0xff);
        for (Finding finding : findings.list()) {
            // Inside firmware anything may follow a ROM, here only what should be an image.
            boolean lost =
                    !filled && finding.place().equals(place) && finding.offset() == rom.size();
            boolean broken = lost || finding.severity() == Finding.Severity.BROKEN;
            checks.add(check(broken ? Verdict.BAD : Verdict.NOTE, finding.toString()));
        }
        long hidden = hidden(rom);
        if (hidden >= 0) {
            checks.add(
                    check(
                            Verdict.BAD,
                            Problem.of(
                                    "image 0x%x says that it is the last, another one is at 0x%x",
                                    rom.images().getLast().offset(), hidden)));
        } else if (!filled) {
            checks.add(
                    check(
                            Verdict.NOTE,
                            Problem.of("0x%x bytes behind the last image", rom.trailing().size())));
        }
        if (findings.list().isEmpty() && hidden < 0) {
            int count = rom.images().size();
            String words = count == 1 ? "one image" : count + " images, the last says so";
            checks.add(check(Verdict.GOOD, words));
        }
        return checks;
    }

    private static Check check(Verdict verdict, String words) {
        return new Check(verdict, SUBJECT, words);
    }

    /// Where an image stands behind the last one, or -1. A dump of a BAR larger than its ROM has
    /// the whole ROM again.
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
