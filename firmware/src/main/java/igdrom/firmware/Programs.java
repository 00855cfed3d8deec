package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.Origin;
import igdrom.firmware.Artifact.VgaBios;
import igdrom.firmware.gop.Gop;
import igdrom.formats.compress.Codec;
import igdrom.formats.compress.Decompressed;
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
                return describe(
                        Executable.read(program, Location.root("program"), new Diagnostics()));
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
    Look examine(Image program, Location location, BranchBuilder node) {
        if (!Gop.isMarked(program)) {
            return Look.NOT_MARKED;
        }
        Diagnostics diagnostics = new Diagnostics();
        return look(Gop.examine(program, location, diagnostics), diagnostics, location, node);
    }

    /// The same with a program that was read already, and has a GOP's text.
    ///
    /// @param diagnostics of its reading
    Look examine(
            Executable program, Diagnostics diagnostics, Location location, BranchBuilder node) {
        return look(Gop.examine(program, location, diagnostics), diagnostics, location, node);
    }

    private static Look look(
            Optional<Gop> gop, Diagnostics diagnostics, Location location, BranchBuilder node) {
        node.diagnostics().addAll(diagnostics);
        if (gop.isEmpty()) {
            return Look.MARKED;
        }
        node.add(new GopDriver(Origin.at(location), gop.get(), gop.get().image()));
        return Look.GOP;
    }

    /// Tells what is wrong with a program.
    static void check(Image program, Location location, Diagnostics diagnostics) {
        try {
            Executable.read(program, location, diagnostics);
        } catch (MalformedImageException e) {
            diagnostics.add(e.diagnostic());
        }
    }

    /// The option ROM at `offset`, with the GOP and the VGA BIOS in it.
    ///
    /// @throws MalformedImageException when it has no first image
    Explorer.Reading rom(Image image, long offset, Location outer, Scanner scanner) {
        Location location = outer.in("ROM", offset);
        Image from = image.from(offset);
        Diagnostics diagnostics = new Diagnostics();
        OptionRom rom = OptionRom.read(from, location, diagnostics);
        BranchBuilder node = new BranchBuilder(Node.Type.ROM, "option ROM", offset, rom.size());
        node.diagnostics().addAll(diagnostics);
        int number = 0;
        for (RomImage part : rom.images()) {
            number++;
            node.add(romImage(part, from, location.in("image " + number, part.offset()), scanner));
        }
        return new Explorer.Reading(node.build(), offset + rom.size());
    }

    /// @param rom what the image is in, with what is behind it
    private Branch romImage(RomImage image, Image rom, Location location, Scanner scanner) {
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
            program(image, location.in("payload", start), scanner, node);
            // A length may be wrong: the next image is looked for in this one, and may be longer.
            Image whole = rom.from(image.offset());
            scanner.scanPartForFinds(whole, start + 1, image.raw().size(), location, node);
        } else {
            boolean display = pcir.classCode() >>> 16 == DISPLAY;
            if (pcir.codeType() == PciData.X86 && pcir.id().vendor() == PciId.INTEL && display) {
                node.add(new VgaBios(Origin.at(location), image, image.raw().detached()));
            }
            scanner.scanForFinds(image.raw(), 1, location, node);
        }
        return node.build();
    }

    /// The program of an image, and what lies in it and behind it: a length in a header may be
    /// wrong.
    private void program(RomImage image, Location location, Scanner scanner, BranchBuilder node) {
        if (!image.compressed()) {
            examine(image.payload(), location, node);
            return;
        }
        try {
            for (Decompressed decompressed :
                    Codec.decompressEfi(image.payload(), location, budget.decompressed())) {
                decompressed.damage().ifPresent(node::add);
                Location inside = location.decompressed(decompressed.codec().label());
                examine(decompressed.bytes(), inside, node);
                scanner.scanForFinds(decompressed.bytes(), 1, inside, node);
            }
        } catch (MalformedImageException e) {
            node.add(e.diagnostic());
        }
    }
}
