package igdrom.formats.oprom;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Location;

/// Reports what is wrong with an image that can be read.
final class RomImageChecks {
    private RomImageChecks() {}

    static void check(RomImage image, Location location, Diagnostics diagnostics) {
        checkLength(image, location, diagnostics);
        switch (image.header()) {
            case RomHeader.Legacy legacy -> checkLegacy(image, legacy, location, diagnostics);
            case RomHeader.Efi efi -> checkEfi(image, efi, location, diagnostics);
            case RomHeader.Other _ -> checkCodeType(image, location, diagnostics);
        }
    }

    private static void checkLength(RomImage image, Location location, Diagnostics diagnostics) {
        int length = image.pcir().length();
        long at = (long) image.header().pcirOffset() + PciData.LENGTH_OFFSET;
        if (length < PciData.LENGTH_2) {
            diagnostics.odd(
                    location, at, "Length is 0x%x, the minimum is 0x%x", length, PciData.LENGTH_2);
        } else if (length > PciData.LENGTH_3) {
            diagnostics.odd(
                    location,
                    at,
                    "Length is 0x%x, the known fields end at 0x%x",
                    length,
                    PciData.LENGTH_3);
        }
    }

    private static void checkLegacy(
            RomImage image, RomHeader.Legacy legacy, Location location, Diagnostics diagnostics) {
        long size = legacy.initializationSize();
        long imageSize = image.pcir().imageSize();
        if (size > imageSize && imageSize != 0) {
            diagnostics.odd(
                    location,
                    RomHeader.INITIALIZATION_SIZE_OFFSET,
                    "InitializationSize is 0x%x, the image has 0x%x bytes",
                    size,
                    imageSize);
        } else if (size <= image.raw().size()) {
            int sum = image.raw().slice(0, size).sum8();
            if (sum != 0) {
                diagnostics.odd(
                        location, 0, "the checksum of 0x%x bytes is 0x%02x, expected 0", size, sum);
            }
        }
    }

    private static void checkEfi(
            RomImage image, RomHeader.Efi efi, Location location, Diagnostics diagnostics) {
        long size = image.raw().size();
        if (efi.imageHeaderOffset() >= size) {
            diagnostics.broken(
                    location,
                    RomHeader.Efi.IMAGE_HEADER_OFFSET,
                    "EfiImageHeaderOffset is 0x%x, the image ends at 0x%x",
                    efi.imageHeaderOffset(),
                    size);
        }
        if (efi.compressionType() > RomHeader.Efi.COMPRESSED) {
            diagnostics.broken(
                    location,
                    RomHeader.Efi.COMPRESSION_TYPE_OFFSET,
                    "CompressionType is 0x%x, expected 0 or 1",
                    efi.compressionType());
        }
        if (efi.initializationUnits() != image.pcir().imageUnits()) {
            diagnostics.odd(
                    location,
                    RomHeader.INITIALIZATION_SIZE_OFFSET,
                    "InitializationSize is 0x%x, ImageLength is 0x%x",
                    efi.initializationSize(),
                    image.pcir().imageSize());
        }
    }

    private static void checkCodeType(RomImage image, Location location, Diagnostics diagnostics) {
        if (image.pcir().codeType() == PciData.EFI) {
            diagnostics.broken(
                    location,
                    RomHeader.Efi.EFI_SIGNATURE_OFFSET,
                    "EfiSignature is 0x%x, expected 0x%x for code type 3",
                    image.raw().u32(RomHeader.Efi.EFI_SIGNATURE_OFFSET),
                    RomHeader.Efi.EFI_SIGNATURE);
        }
    }
}
