package igdrom.formats.ifd;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The descriptor at the start of an SPI flash image.
///
/// @param raw the first 4 KiB of the descriptor, including the parts that are not decoded
/// @param signatureOffset 0x10, or 0 on ICH8 to ICH10 boards
/// @param version 1, or 2 since the chipsets of Skylake, with more regions and larger limits
/// @param flmap0 the map register with the offsets of components and regions
/// @param flreg all region registers of this version
public record FlashDescriptor(
        Image raw, int signatureOffset, int version, long flmap0, List<Long> flreg) {

    /// The size of the part of a descriptor that is read.
    public static final int SIZE = 0x1000;

    private static final long SIGNATURE = 0x0ff0a55aL;

    /// The limit bits of a region at offset 0 that ends below 64 KiB. Observed: the region of the
    /// descriptor has 4 KiB, since Meteor Lake 16 KiB (FLREG0 is 0x00030000).
    private static final long LIMIT_OF_64_KIB = 0x000f_0000L;

    private static final int REGION_COUNT_V1 = 5;

    /// The offset of the component table in descriptors of all known chipsets.
    private static final int COMPONENTS_OFFSET = 0x30;

    /// The offset of the region table in descriptors of all known chipsets.
    private static final int REGIONS_OFFSET = 0x40;

    /// FLCOMP with a read clock of version 2.
    private static final long READ_CLOCK_V2 = 2 << 17;

    private static final int REGION_COUNT_V2 = 16;

    public FlashDescriptor {
        flreg = List.copyOf(flreg);
    }

    /// Whether a descriptor starts at `offset`: its signature, the descriptor itself as the first
    /// region, of at most 64 KiB, and a BIOS region. The signature alone also occurs as a constant
    /// in programs that access the flash.
    public static boolean looksLikeDescriptor(Image image, long offset) {
        if (offset < 0 || offset > image.size() - SIZE) {
            return false;
        }
        long signature = offset + (image.u32(offset + 0x10) == SIGNATURE ? 0x10 : 0);
        long regions = offset + frba(image.u32(signature + 4));
        return image.u32(signature) == SIGNATURE
                && regions <= offset + SIZE - 8
                && (image.u32(regions) & ~LIMIT_OF_64_KIB) == 0
                && isUsed(1, image.u32(regions + 4));
    }

    /// Whether a region exists: an unused region has a base above its limit, or an erased register.
    /// A register of zeros is valid for the descriptor only, which is at offset 0.
    private static boolean isUsed(int index, long register) {
        long base = register & 0x7fff;
        long limit = (register >>> 16) & 0x7fff;
        return register != 0xffff_ffffL && limit >= base && (index == 0 || limit != 0);
    }

    /// Reads the descriptor at the start of `image`.
    ///
    /// @throws MalformedImageException when the signature is missing or a table is out of range
    public static FlashDescriptor read(Image image, Location location) {
        Cursor in = new Cursor(image, location);
        Image raw = in.image("Descriptor", SIZE);
        int signatureOffset = raw.u32(0x10) == SIGNATURE ? 0x10 : 0;
        in.seek("FLVALSIG", signatureOffset).expectU32("FLVALSIG", SIGNATURE);
        long flmap0 = in.u32("FLMAP0");
        int components = (int) (flmap0 & 0xff) << 4;
        int version = readClock(in.seek("FCBA", components).u32("FLCOMP")) == 0 ? 1 : 2;
        in.seek("FRBA", frba(flmap0));
        List<Long> registers = new ArrayList<>();
        for (int i = 0; i < (version == 1 ? REGION_COUNT_V1 : REGION_COUNT_V2); i++) {
            registers.add(in.u32("FLREG"));
        }
        return new FlashDescriptor(raw, signatureOffset, version, flmap0, registers);
    }

    /// Builds a version 2 descriptor for a flash with a BIOS region and no others.
    ///
    /// @param from the offset of the region, like `end` a multiple of 4 KiB
    public static FlashDescriptor withBios(long from, long end) {
        long bios = (end - 1) >>> 12 << 16 | from >>> 12;
        long unused = 0x7fff;
        List<Long> registers = new ArrayList<>(Collections.nCopies(REGION_COUNT_V2, unused));
        registers.set(0, 0L);
        registers.set(1, bios);
        Image raw =
                new Emitter()
                        .fillTo(COMPONENTS_OFFSET, 0xff)
                        .u32(READ_CLOCK_V2)
                        .fillTo(SIZE, 0xff)
                        .toImage();
        long flmap0 = (long) REGIONS_OFFSET >>> 4 << 16 | COMPONENTS_OFFSET >>> 4;
        FlashDescriptor blank = new FlashDescriptor(raw, 0x10, 2, flmap0, registers);
        Emitter out = new Emitter();
        blank.write(out);
        return new FlashDescriptor(out.toImage(), 0x10, 2, flmap0, registers);
    }

    private static int frba(long flmap0) {
        return (int) (flmap0 >>> 16 & 0xff) << 4;
    }

    /// The read clock, which identifies the version: old chipsets support only 20 MHz, code 0,
    /// which new ones do not.
    private static int readClock(long flcomp) {
        return (int) (flcomp >>> 17 & 7);
    }

    /// The regions in use, by offset.
    public List<FlashRegion> regions() {
        List<FlashRegion> regions = new ArrayList<>();
        for (int i = 0; i < flreg.size(); i++) {
            long register = flreg.get(i);
            if (isUsed(i, register)) {
                long base = register & 0x7fff;
                long limit = (register >>> 16) & 0x7fff;
                regions.add(new FlashRegion(i, base << 12, (limit + 1) << 12));
            }
        }
        Collections.sort(regions);
        return regions;
    }

    public void write(Emitter out) {
        Emitter registers = new Emitter();
        flreg.forEach(registers::u32);
        out.image(
                new Emitter()
                        .image(raw)
                        .patch(signatureOffset, new Emitter().u32(SIGNATURE).u32(flmap0).toImage())
                        .patch(frba(flmap0), registers.toImage())
                        .toImage());
    }
}
