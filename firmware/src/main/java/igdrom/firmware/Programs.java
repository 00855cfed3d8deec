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

    /// Adds the GOP that the program is, if it is one, which is returned.
    boolean examine(Image program, Place place, BranchBuilder node) {
        Findings findings = new Findings();
        Optional<Gop> gop = Gop.examine(program, place, findings);
        node.findings().addAll(findings);
        if (gop.isPresent()) {
            node.add(new FoundGop(Origin.at(place), gop.get(), gop.get().image()));
        }
        return gop.isPresent();
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
            node.add(romImage(part, place.in("image " + number, part.offset()), scanner));
        }
        return new Explorer.Reading(node.build(), offset + rom.size());
    }

    private Branch romImage(RomImage image, Place place, Scanner scanner) {
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
            Place payload = place.in("payload", image.raw().size() - image.payload().size());
            program(image, payload, node);
        } else {
            boolean display = pcir.classCode() >>> 16 == DISPLAY;
            if (pcir.codeType() == PciData.X86 && pcir.id().vendor() == PciId.INTEL && display) {
                node.add(new FoundVgaBios(Origin.at(place), image, image.raw().detached()));
            }
            scanner.scanProgram(image.raw(), 1, place, node);
        }
        return node.build();
    }

    private void program(RomImage image, Place place, BranchBuilder node) {
        if (!image.compressed()) {
            examine(image.payload(), place, node);
            return;
        }
        try {
            for (Unpacked unpacked : Codec.unpackEfi(image.payload(), place, budget.unpacked())) {
                unpacked.damage().ifPresent(node::add);
                examine(unpacked.bytes(), place.unpacked(unpacked.codec().label()), node);
            }
        } catch (MalformedImageException e) {
            node.add(e.finding());
        }
    }
}
