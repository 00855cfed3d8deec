package igdrom.firmware;

import igdrom.bytes.Findings;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import igdrom.firmware.Find.FoundGop;
import igdrom.firmware.Find.FoundVgaBios;
import igdrom.firmware.Find.Origin;
import igdrom.firmware.gop.Gop;
import igdrom.formats.compress.Codec;
import igdrom.formats.compress.Unpacked;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.PciData;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Executable;
import java.util.Optional;

/// Looks into programs and option ROMs.
final class Programs {
    /// PCI class of a display controller.
    private static final int DISPLAY = 0x03;

    private final Budget budget;

    Programs(Budget budget) {
        this.budget = budget;
    }

    /// What a program is, in a few words behind a label; nothing when it is none.
    String describe(Image program) {
        try {
            if (Executable.looksLikePe(program, 0) || Executable.looksLikeTe(program, 0)) {
                return describe(Executable.read(program, Place.root("program"), new Findings()));
            }
        } catch (MalformedImageException _) {
            return ", malformed";
        }
        return "";
    }

    static String describe(Executable executable) {
        return ", " + executable.machine() + " " + executable.subsystem();
    }

    /// What a look at a program shows.
    enum Look {
        GOP,
        /// It has a GOP's texts and is none: as a rule it holds one.
        MARKED,
        NOT_MARKED
    }

    /// Adds the GOP that the program is, if it is one.
    Look examine(Image program, Place place, BranchBuilder node) {
        if (!Gop.isMarked(program)) {
            return Look.NOT_MARKED;
        }
        Findings findings = new Findings();
        return look(Gop.examine(program, place, findings), findings, place, node);
    }

    /// The same with a program that was read already, and has a GOP's text.
    ///
    /// @param findings of its reading
    Look examine(Executable program, Findings findings, Place place, BranchBuilder node) {
        return look(Gop.examine(program, place, findings), findings, place, node);
    }

    private static Look look(
            Optional<Gop> gop, Findings findings, Place place, BranchBuilder node) {
        node.findings().addAll(findings);
        if (gop.isEmpty()) {
            return Look.MARKED;
        }
        node.add(new FoundGop(Origin.at(place), gop.get(), gop.get().image()));
        return Look.GOP;
    }

    /// Tells what is wrong with a program.
    static void check(Image program, Place place, Findings findings) {
        try {
            Executable.read(program, place, findings);
        } catch (MalformedImageException e) {
            findings.add(e.finding());
        }
    }

    /// The option ROM at `offset`, with the GOP and the VGA BIOS in it.
    ///
    /// @throws MalformedImageException when it has no first image
    Explorer.Reading rom(Image image, long offset, Place outer, Scanner scanner) {
        Place place = outer.in("ROM", offset);
        Image from = image.from(offset);
        Findings findings = new Findings();
        OptionRom rom = OptionRom.read(from, place, findings);
        BranchBuilder node = new BranchBuilder(Node.Type.ROM, "option ROM", offset, rom.size());
        node.findings().addAll(findings);
        int number = 0;
        for (RomImage part : rom.images()) {
            number++;
            node.add(romImage(part, from, place.in("image " + number, part.offset()), scanner));
        }
        return new Explorer.Reading(node.build(), offset + rom.size());
    }

    /// @param rom what the image is in, with what is behind it
    private Branch romImage(RomImage image, Image rom, Place place, Scanner scanner) {
        PciData pcir = image.pcir();
        BranchBuilder node =
                new BranchBuilder(
                        Node.Type.ROM_IMAGE,
                        pcir.codeTypeName()
                                + " image for "
                                + pcir.id()
                                + (image.compressed() ? ", packed" : ""),
                        image.offset(),
                        image.raw().size());
        if (pcir.codeType() == PciData.EFI) {
            long start = image.raw().size() - image.payload().size();
            program(image, place.in("payload", start), scanner, node);
            // A length may be wrong: the next image is looked for in this one, and may be longer.
            Image whole = rom.from(image.offset());
            scanner.scanPartForFinds(whole, start + 1, image.raw().size(), place, node);
        } else {
            boolean display = pcir.classCode() >>> 16 == DISPLAY;
            if (pcir.codeType() == PciData.X86 && pcir.id().vendor() == PciId.INTEL && display) {
                node.add(new FoundVgaBios(Origin.at(place), image, image.raw().detached()));
            }
            scanner.scanForFinds(image.raw(), 1, place, node);
        }
        return node.build();
    }

    /// The program of an image, and what lies in it and behind it: a length in a header may be
    /// wrong.
    private void program(RomImage image, Place place, Scanner scanner, BranchBuilder node) {
        if (!image.compressed()) {
            examine(image.payload(), place, node);
            return;
        }
        try {
            for (Unpacked unpacked : Codec.unpackEfi(image.payload(), place, budget.unpacked())) {
                unpacked.damage().ifPresent(node::add);
                Place inside = place.unpacked(unpacked.codec().label());
                examine(unpacked.bytes(), inside, node);
                scanner.scanForFinds(unpacked.bytes(), 1, inside, node);
            }
        } catch (MalformedImageException e) {
            node.add(e.finding());
        }
    }
}
