package igdrom.formats.oprom;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.List;

/// One image of an expansion ROM.
///
/// @param offset from the ROM's start
/// @param deviceList the further device ids of the same vendor that the image serves (revision 3)
/// @param raw the whole image, or what there is of it
/// @param gap the fill bytes between this image and the next, as a rule none
public record RomImage(
        long offset, RomHeader header, PciData pcir, List<PciId> deviceList, Image raw, Image gap) {
    /// ROM sizes are counted in these.
    public static final int UNIT = 512;

    /// A device list ends with a zero; this is for one that does not.
    static final int MAX_DEVICES = 1024;

    /// No data structure seen is longer than 0x1c; a scanner takes this as a sign of chance.
    private static final int MAX_PCIR_LENGTH = 0x100;

    private static final int PCIR_POINTER = 0x18;

    /// Where the checksum of an x86 image is put, the first of its reserved bytes.
    private static final int CHECKSUM = 6;

    public RomImage {
        deviceList = List.copyOf(deviceList);
    }

    /// The ids the image says it is for: that of its data structure, then those of the list.
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

    /// True when the image ends before the length it claims.
    public boolean truncated() {
        return raw.size() % UNIT != 0 || raw.size() < pcir.imageSize();
    }

    /// True for a UEFI image whose payload is packed with UEFI compression.
    public boolean compressed() {
        return header instanceof RomHeader.Efi efi
                && efi.compressionType() == RomHeader.Efi.COMPRESSED;
    }

    /// What a UEFI image carries: a PE with the fill up to the image's end, or the packed stream
    /// when [#compressed]. Other images are their own payload.
    public Image payload() {
        if (!(header instanceof RomHeader.Efi efi)) {
            return raw;
        }
        Image rest = raw.from(Math.min(efi.imageHeaderOffset(), raw.size()));
        if (!compressed() || rest.size() < 8) {
            return rest;
        }
        // Spec: UEFI 2.11, "Compression Algorithm Specification", Header: packed size, then size.
        long packed = 8 + rest.u32(0);
        return packed <= rest.size() ? rest.slice(0, packed) : rest;
    }

    public void write(Emitter out) {
        out.image(raw).image(gap);
    }

    /// The same image as the last one of a ROM or as one that others follow. The checksum of an x86
    /// image that this changes is renewed.
    public RomImage withLast(boolean last) {
        return last == pcir.last() ? this : with(pcir.withLast(last));
    }

    /// The same image for another device, the checksum of an x86 image renewed. Its device list
    /// stays as it is.
    public RomImage withId(PciId id) {
        return id.equals(pcir.id()) ? this : with(pcir.withId(id));
    }

    /// The same image with the checksum of an x86 image as it should be.
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
        // Source: QEMU, hw/pci/pci.c, pci_patch_ids(): this reserved byte makes up for a change.
        RomHeader.Legacy settled = legacy;
        Image bytes = written.toImage();
        long summed = legacy.initializationSize();
        if (summed > CHECKSUM && summed <= bytes.size()) {
            int sum = bytes.slice(0, summed).sum8();
            int byteNow = bytes.u8(CHECKSUM);
            Image settledByte = new Emitter().u8((byteNow - sum) & 0xff).toImage();
            bytes = written.patch(CHECKSUM, settledByte).toImage();
            settled = legacy.withChecksum(settledByte);
        }
        return new RomImage(offset, settled, changed, deviceList, bytes, gap);
    }

    RomImage at(long newOffset, Image newGap) {
        return new RomImage(newOffset, header, pcir, deviceList, raw, newGap);
    }

    /// True when signature, pointer and data structure of an image stand at `offset`, so that
    /// [#read] takes it.
    static boolean looksLikeImage(Image rom, long offset) {
        if (offset < 0
                || offset > rom.size() - RomHeader.SIZE
                || rom.u16(offset) != RomHeader.SIGNATURE) {
            return false;
        }
        long pcir = offset + rom.u16(offset + PCIR_POINTER);
        if (pcir < offset + RomHeader.SIZE
                || pcir > rom.size() - PciData.LENGTH_2
                || !rom.matches(pcir, PciData.SIGNATURE)) {
            return false;
        }
        int length = rom.u16(pcir + 0x0a);
        if (length < PciData.LENGTH_2 || length > MAX_PCIR_LENGTH) {
            return false;
        }
        boolean legacy = rom.u8(pcir + 0x14) == PciData.X86;
        long units = Math.max(rom.u16(pcir + 0x10), legacy ? rom.u8(offset + 2) : 0);
        return pcir + Math.min(length, PciData.LENGTH_3) <= offset + units * UNIT;
    }

    /// Reads the image at the start of `rom`, which goes on to the end of what is known.
    static RomImage read(Image rom, long offset, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(rom, location);
        in.image("header", RomHeader.SIZE);
        in.seek("header", PCIR_POINTER);
        PciData pcir = PciData.read(in.seek("PcirOffset", rom.u16(PCIR_POINTER)));
        RomHeader header = RomHeader.read(in.seek("header", 0), pcir.codeType());
        if (header.pcirOffset() < RomHeader.SIZE) {
            throw in.malformed(
                    PCIR_POINTER,
                    String.format("PcirOffset is 0x%x, inside the header", header.pcirOffset()));
        }
        Image raw = extent(in, header, pcir, diagnostics);
        RomImage image =
                new RomImage(offset, header, pcir, List.of(), raw, Image.EMPTY)
                        .withDevices(location, diagnostics);
        RomImageChecks.check(image, location, diagnostics);
        return image;
    }

    private static Image extent(
            Cursor in, RomHeader header, PciData pcir, Diagnostics diagnostics) {
        Image rom = in.image();
        int at = header.pcirOffset() + 0x10;
        long structures = header.pcirOffset() + (long) PciData.LENGTH_2 + pcir.rest().size();
        long size = pcir.imageSize();
        if (size < structures) {
            size = initializationSize(header);
            String problem =
                    String.format(
                            "ImageLength is 0x%x, the data structure ends at 0x%x",
                            pcir.imageSize(), structures);
            if (size < structures) {
                throw in.malformed(at, problem);
            }
            diagnostics.add(
                    Diagnostic.odd(
                            in.location(),
                            at,
                            problem + String.format("; the header's size 0x%x is taken", size)));
        }
        if (size > rom.size()) {
            diagnostics.add(
                    Diagnostic.broken(
                            in.location(),
                            at,
                            String.format(
                                    "the image has 0x%x bytes, there are 0x%x: it is truncated",
                                    size, rom.size())));
            return rom;
        }
        return rom.slice(0, size);
    }

    private static long initializationSize(RomHeader header) {
        return switch (header) {
            case RomHeader.Legacy legacy -> legacy.initializationSize();
            case RomHeader.Efi efi -> efi.initializationSize();
            case RomHeader.Other _ -> 0;
        };
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
        diagnostics.add(
                Diagnostic.broken(
                        location,
                        header.pcirOffset() + 8L,
                        String.format(
                                "DeviceListOffset is 0x%x, no list that ends inside the image is"
                                        + " there",
                                pcir.deviceListOffset())));
        return this;
    }
}
