package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.firmware.Artifact.Origin;
import igdrom.firmware.Artifact.VgaBios;
import igdrom.formats.compress.Decompressed;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.PciData;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import java.util.List;
import java.util.Optional;

/// A PCI option ROM: reads the programs and the VGA BIOS in it.
final class OptionRomStructure implements Structure {
    /// PCI base class of a display controller.
    private static final int DISPLAY = 0x03;

    @Override
    public List<Signature> signatures() {
        return List.of(Signature.ofHex(0, "55aa"));
    }

    @Override
    public boolean beginsAt(Image image, long offset) {
        return OptionRom.looksLikeRom(image, offset);
    }

    @Override
    public Optional<FileKind> fileKind() {
        return Optional.of(FileKind.OPTION_ROM);
    }

    @Override
    public Optional<Reading> read(Candidate candidate, Context context) {
        long offset = candidate.offset();
        Image image = candidate.image();
        Context inside = context.in("ROM", offset);
        Diagnostics diagnostics = new Diagnostics();
        OptionRom rom = OptionRom.read(image, inside.location(), diagnostics);
        Context node = inside.part(Node.Type.ROM, "option ROM", offset, rom.size());
        node.diagnostics().addAll(diagnostics);
        int number = 0;
        for (RomImage part : rom.images()) {
            number++;
            node.add(image(part, image, node.in("image " + number, part.offset())));
        }
        return Optional.of(new Reading(node.toSubtree(), offset + rom.size()));
    }

    /// @param rom the ROM that contains the image, and the data after it
    private static Subtree image(RomImage image, Image rom, Context context) {
        PciData pcir = image.pcir();
        String label =
                pcir.codeTypeName()
                        + " image for "
                        + pcir.id()
                        + (image.compressed() ? ", compressed" : "");
        Context node = context.part(Node.Type.ROM_IMAGE, label, image.offset(), image.raw().size());
        if (pcir.codeType() == PciData.EFI) {
            long start = image.raw().size() - image.payload().size();
            program(image, node.in("payload", start));
            // A length may be wrong: the next image is also searched for inside this one, and may
            // end after it.
            Image whole = rom.from(image.offset());
            node.scanForArtifacts(whole, start + 1, image.raw().size());
        } else {
            boolean display = pcir.classCode() >>> 16 == DISPLAY;
            if (pcir.codeType() == PciData.X86 && pcir.id().vendor() == PciId.INTEL && display) {
                node.add(new VgaBios(Origin.at(node.location()), image, image.raw().detached()));
            }
            node.scanForArtifacts(image.raw(), 1);
        }
        return node.toSubtree();
    }

    /// Examines the program of an image, and the data in and after it, since a length in its
    /// headers may be wrong.
    private static void program(RomImage image, Context context) {
        if (!image.compressed()) {
            Programs.examine(image.payload(), context);
            return;
        }
        for (Decompressed decompressed : context.decompressEfi(image.payload())) {
            context.report(decompressed);
            Context inside = context.decompressed(decompressed.codec().label());
            Programs.examine(decompressed.bytes(), inside);
            inside.scanForArtifacts(decompressed.bytes(), 1);
        }
    }
}
