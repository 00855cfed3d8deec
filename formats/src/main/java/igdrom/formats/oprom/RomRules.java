package igdrom.formats.oprom;

import igdrom.bytes.Finding;
import igdrom.bytes.Findings;
import igdrom.bytes.Place;
import igdrom.bytes.Problem;

/// What is odd about an image that reads well.
final class RomRules {
    private RomRules() {}

    static void check(RomImage image, Place place, Findings findings) {
        PciData pcir = image.pcir();
        int at = image.header().pcirOffset();
        if (pcir.length() < PciData.LENGTH_2) {
            findings.add(
                    Finding.odd(
                            place,
                            at + 0x0aL,
                            Problem.of(
                                    "Length is 0x%x, a PCI data structure has 0x18 bytes or more",
                                    pcir.length())));
        }
        if (pcir.length() > PciData.LENGTH_3) {
            findings.add(
                    Finding.odd(
                            place,
                            at + 0x0aL,
                            Problem.of(
                                    "Length is 0x%x, the longest known PCI data structure has 0x1c"
                                            + " bytes",
                                    pcir.length())));
        }
        // No switch over the three: docs/decisions/0005.
        if (image.header() instanceof RomHeader.Efi efi) {
            check(image, efi, place, findings);
        } else if (image.header() instanceof RomHeader.Legacy legacy) {
            check(image, legacy, place, findings);
        } else if (pcir.codeType() == PciData.EFI) {
            findings.add(
                    Finding.broken(
                            place,
                            4,
                            Problem.of(
                                    "EfiSignature is 0x%x, code type 3 has 0xef1",
                                    image.raw().u32(4))));
        }
    }

    private static void check(
            RomImage image, RomHeader.Legacy legacy, Place place, Findings findings) {
        long size = legacy.initializationSize();
        if (size > image.pcir().imageSize() && image.pcir().imageSize() != 0) {
            findings.add(
                    Finding.odd(
                            place,
                            2,
                            Problem.of(
                                    "InitializationSize is 0x%x, the image has 0x%x",
                                    size, image.pcir().imageSize())));
        } else if (size <= image.raw().size()) {
            int sum = image.raw().slice(0, size).sum8();
            if (sum != 0) {
                findings.add(
                        Finding.odd(
                                place,
                                0,
                                Problem.of(
                                        "the checksum of 0x%x bytes is 0x%02x, not 0", size, sum)));
            }
        }
    }

    private static void check(RomImage image, RomHeader.Efi efi, Place place, Findings findings) {
        long size = image.raw().size();
        if (efi.imageHeaderOffset() >= size) {
            findings.add(
                    Finding.broken(
                            place,
                            0x16,
                            Problem.of(
                                    "EfiImageHeaderOffset is 0x%x, the image ends at 0x%x",
                                    efi.imageHeaderOffset(), size)));
        }
        if (efi.compressionType() > RomHeader.Efi.COMPRESSED) {
            findings.add(
                    Finding.broken(
                            place,
                            0x0c,
                            Problem.of(
                                    "CompressionType is 0x%x, known are 0 and 1",
                                    efi.compressionType())));
        }
        if (efi.initializationUnits() != image.pcir().imageUnits()) {
            findings.add(
                    Finding.odd(
                            place,
                            2,
                            Problem.of(
                                    "InitializationSize is 0x%x, ImageLength 0x%x",
                                    efi.initializationSize(), image.pcir().imageSize())));
        }
    }
}
