package igdrom.formats.oprom;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.List;

/// One image of an expansion ROM.
///
/// @param offset from the start of the ROM
/// @param deviceList further devices of the same vendor that the image serves (revision 3)
/// @param raw the whole image, or the present part of a truncated one
/// @param gap the fill bytes between this image and the next, usually empty
public record RomImage(
        long offset, RomHeader header, PciData pcir, List<PciId> deviceList, Image raw, Image gap) {
    /// The unit of ROM sizes, in bytes.
    public static final int UNIT = 512;

    /// Upper bound for a device list that does not end with a zero.
    static final int MAX_DEVICES = 1024;

    /// Offset of the byte that balances the checksum of an x86 image, the first reserved one.
    static final int CHECKSUM_OFFSET = 6;

    /// Upper bound for the length of a data structure that a scanner accepts. Observed: at most
    /// 0x1c.
    private static final int MAX_PCIR_LENGTH = 0x100;

    /// The size of the header of UEFI compression.
    private static final int COMPRESSED_HEADER_SIZE = 8;

    public RomImage {
        deviceList = List.copyOf(deviceList);
    }

    /// The devices that the image serves: the one of its data structure, then the device list.
    public List<PciId> ids() {
        List<PciId> ids = new ArrayList<>();
        ids.add(pcir.id());
        for (PciId id : deviceList) {
            if (!ids.contains(id)) {
                ids.add(id);
            }
        }
        return ids;
    }

    /// Whether the image ends before the size in its data structure.
    public boolean truncated() {
        return raw.size() % UNIT != 0 || raw.size() < pcir.imageSize();
    }

    /// Whether the payload is a UEFI image with UEFI compression.
    public boolean compressed() {
        return header instanceof RomHeader.Efi efi
                && efi.compressionType() == RomHeader.Efi.COMPRESSED;
    }

    /// The payload of a UEFI image: a PE image with any padding after it, or the compressed stream
    /// when [#compressed]. Other images are their own payload.
    public Image payload() {
        if (!(header instanceof RomHeader.Efi efi)) {
            return raw;
        }
        Image rest = raw.from(Math.min(efi.imageHeaderOffset(), raw.size()));
        if (!compressed() || rest.size() < COMPRESSED_HEADER_SIZE) {
            return rest;
        }
        // Spec: UEFI 2.11, "Compression Algorithm Specification": the header starts with the size
        // of the compressed data.
        long streamSize = COMPRESSED_HEADER_SIZE + rest.u32(0);
        return streamSize <= rest.size() ? rest.slice(0, streamSize) : rest;
    }

    public void write(Emitter out) {
        out.image(raw).image(gap);
    }

    /// The same image with the last-image indicator set or cleared. The checksum of an x86 image is
    /// updated.
    public RomImage withLast(boolean last) {
        return last == pcir.last() ? this : with(pcir.withLast(last));
    }

    /// The same image for another device, with the same device list. The checksum of an x86 image
    /// is updated.
    public RomImage withId(PciId id) {
        return id.equals(pcir.id()) ? this : with(pcir.withId(id));
    }

    /// The same image with a valid checksum, which only x86 images have.
    public RomImage withChecksum() {
        return header instanceof RomHeader.Legacy ? with(pcir) : this;
    }

    private RomImage with(PciData changed) {
        Emitter data = new Emitter();
        changed.write(data);
        Emitter written = new Emitter().image(raw).patch(header.pcirOffset(), data.toImage());
        if (!(header instanceof RomHeader.Legacy legacy)) {
            return new RomImage(offset, header, changed, deviceList, written.toImage(), gap);
        }
        // Source: QEMU, hw/pci/pci.c, pci_patch_ids(): this reserved byte balances the checksum.
        RomHeader.Legacy changedHeader = legacy;
        Image bytes = written.toImage();
        long summed = legacy.initializationSize();
        if (summed > CHECKSUM_OFFSET && summed <= bytes.size()) {
            int sum = bytes.slice(0, summed).sum8();
            Image checksum = new Emitter().u8((bytes.u8(CHECKSUM_OFFSET) - sum) & 0xff).toImage();
            bytes = written.patch(CHECKSUM_OFFSET, checksum).toImage();
            changedHeader = legacy.withChecksum(checksum);
        }
        return new RomImage(offset, changedHeader, changed, deviceList, bytes, gap);
    }

    RomImage at(long newOffset, Image newGap) {
        return new RomImage(newOffset, header, pcir, deviceList, raw, newGap);
    }

    /// Whether an image starts at `offset` that [#read] accepts: checks signature, pointer and data
    /// structure.
    static boolean looksLikeImage(Image rom, long offset) {
        if (offset < 0
                || offset > rom.size() - RomHeader.SIZE
                || rom.u16(offset) != RomHeader.SIGNATURE) {
            return false;
        }
        long pcir = offset + rom.u16(offset + RomHeader.PCIR_OFFSET_OFFSET);
        if (pcir < offset + RomHeader.SIZE
                || pcir > rom.size() - PciData.LENGTH_2
                || !rom.matches(pcir, PciData.SIGNATURE)) {
            return false;
        }
        int length = rom.u16(pcir + PciData.LENGTH_OFFSET);
        if (length < PciData.LENGTH_2 || length > MAX_PCIR_LENGTH) {
            return false;
        }
        boolean legacy = rom.u8(pcir + PciData.CODE_TYPE_OFFSET) == PciData.X86;
        int initializationUnits =
                legacy ? rom.u8(offset + RomHeader.INITIALIZATION_SIZE_OFFSET) : 0;
        long units = Math.max(rom.u16(pcir + PciData.IMAGE_LENGTH_OFFSET), initializationUnits);
        return pcir + Math.min(length, PciData.LENGTH_3) <= offset + units * UNIT;
    }

    /// Reads the image at the start of `rom`, which may be longer.
    static RomImage read(Image rom, long offset, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(rom, location);
        in.image("header", RomHeader.SIZE);
        in.seek("header", RomHeader.PCIR_OFFSET_OFFSET);
        PciData pcir = PciData.read(in.seek("PcirOffset", rom.u16(RomHeader.PCIR_OFFSET_OFFSET)));
        RomHeader header = RomHeader.read(in.seek("header", 0), pcir.codeType());
        if (header.pcirOffset() < RomHeader.SIZE) {
            throw in.malformed(
                    RomHeader.PCIR_OFFSET_OFFSET,
                    "PcirOffset is 0x%x, inside the header",
                    header.pcirOffset());
        }
        Image raw = readRaw(in, header, pcir, diagnostics);
        RomImage image =
                new RomImage(offset, header, pcir, List.of(), raw, Image.EMPTY)
                        .withDevices(location, diagnostics);
        RomImageChecks.check(image, location, diagnostics);
        return image;
    }

    private static Image readRaw(
            Cursor in, RomHeader header, PciData pcir, Diagnostics diagnostics) {
        Image rom = in.image();
        int at = header.pcirOffset() + PciData.IMAGE_LENGTH_OFFSET;
        long structures = header.pcirOffset() + (long) PciData.LENGTH_2 + pcir.rest().size();
        long size = pcir.imageSize();
        if (size < structures) {
            size = header.initializationSize();
            if (size < structures) {
                throw in.malformed(
                        at,
                        "ImageLength is 0x%x, the data structure ends at 0x%x",
                        pcir.imageSize(),
                        structures);
            }
            diagnostics.odd(
                    in.location(),
                    at,
                    "ImageLength is 0x%x, the data structure ends at 0x%x; using InitializationSize"
                            + " 0x%x",
                    pcir.imageSize(),
                    structures,
                    size);
        }
        if (size > rom.size()) {
            diagnostics.broken(
                    in.location(),
                    at,
                    "the image is truncated: it has 0x%x bytes, 0x%x are left",
                    size,
                    rom.size());
            return rom;
        }
        return rom.slice(0, size);
    }

    private RomImage withDevices(Location location, Diagnostics diagnostics) {
        if (pcir.revision() < 3 || pcir.deviceListOffset() == 0) {
            return this;
        }
        List<PciId> devices = new ArrayList<>();
        long at = header.pcirOffset() + (long) pcir.deviceListOffset();
        while (at <= raw.size() - 2 && devices.size() < MAX_DEVICES) {
            int device = raw.u16(at);
            if (device == 0) {
                return new RomImage(offset, header, pcir, devices, raw, gap);
            }
            devices.add(new PciId(pcir.id().vendor(), device));
            at += 2;
        }
        diagnostics.broken(
                location,
                (long) header.pcirOffset() + PciData.DEVICE_LIST_OFFSET,
                "DeviceListOffset is 0x%x, the device list does not end inside the image",
                pcir.deviceListOffset());
        return this;
    }
}
