package igdrom.formats.oprom;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Location;

/// What is odd about an image that reads well.
final class RomImageChecks {
    private RomImageChecks() {}

    static void check(RomImage image, Location location, Diagnostics diagnostics) {
        PciData pcir = image.pcir();
        int at = image.header().pcirOffset();
        if (pcir.length() < PciData.LENGTH_2) {
            diagnostics.add(
                    Diagnostic.odd(
                            location,
                            at + 0x0aL,
                            String.format(
                                    "Length is 0x%x, a PCI data structure has 0x18 bytes or more",
                                    pcir.length())));
        }
        if (pcir.length() > PciData.LENGTH_3) {
            diagnostics.add(
                    Diagnostic.odd(
                            location,
                            at + 0x0aL,
                            String.format(
                                    "Length is 0x%x, the longest known PCI data structure has 0x1c"
                                            + " bytes",
                                    pcir.length())));
        }
        // No switch over the three: docs/decisions/0005.
        if (image.header() instanceof RomHeader.Efi efi) {
            check(image, efi, location, diagnostics);
        } else if (image.header() instanceof RomHeader.Legacy legacy) {
            check(image, legacy, location, diagnostics);
        } else if (pcir.codeType() == PciData.EFI) {
            diagnostics.add(
                    Diagnostic.broken(
                            location,
                            4,
                            String.format(
                                    "EfiSignature is 0x%x, code type 3 has 0xef1",
                                    image.raw().u32(4))));
        }
    }

    private static void check(
            RomImage image, RomHeader.Legacy legacy, Location location, Diagnostics diagnostics) {
        long size = legacy.initializationSize();
        if (size > image.pcir().imageSize() && image.pcir().imageSize() != 0) {
            diagnostics.add(
                    Diagnostic.odd(
                            location,
                            2,
                            String.format(
                                    "InitializationSize is 0x%x, the image has 0x%x",
                                    size, image.pcir().imageSize())));
        } else if (size <= image.raw().size()) {
            int sum = image.raw().slice(0, size).sum8();
            if (sum != 0) {
                diagnostics.add(
                        Diagnostic.odd(
                                location,
                                0,
                                String.format(
                                        "the checksum of 0x%x bytes is 0x%02x, not 0", size, sum)));
            }
        }
    }

    private static void check(
            RomImage image, RomHeader.Efi efi, Location location, Diagnostics diagnostics) {
        long size = image.raw().size();
        if (efi.imageHeaderOffset() >= size) {
            diagnostics.add(
                    Diagnostic.broken(
                            location,
                            0x16,
                            String.format(
                                    "EfiImageHeaderOffset is 0x%x, the image ends at 0x%x",
                                    efi.imageHeaderOffset(), size)));
        }
        if (efi.compressionType() > RomHeader.Efi.COMPRESSED) {
            diagnostics.add(
                    Diagnostic.broken(
                            location,
                            0x0c,
                            String.format(
                                    "CompressionType is 0x%x, known are 0 and 1",
                                    efi.compressionType())));
        }
        if (efi.initializationUnits() != image.pcir().imageUnits()) {
            diagnostics.add(
                    Diagnostic.odd(
                            location,
                            2,
                            String.format(
                                    "InitializationSize is 0x%x, ImageLength 0x%x",
                                    efi.initializationSize(), image.pcir().imageSize())));
        }
    }
}
