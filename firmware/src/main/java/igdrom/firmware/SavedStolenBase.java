package igdrom.firmware;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.oprom.PciData;
import igdrom.formats.oprom.RomHeader;
import igdrom.formats.oprom.RomImage;
import java.util.Optional;

/// The base of stolen memory that a VGA BIOS has saved in its own image.
///
/// The BIOS reads the register once and uses the saved value from then on, unless it is 0. In a
/// copy from a running machine it is an address of that machine, which is wrong in a guest.
///
/// Source: QEMU 11.1, hw/vfio/igd.c, which clears it too, but only in a ROM that it reads from the
/// device.
///
/// @param offset of the 32 bits in the image
/// @param value 0 for none
public record SavedStolenBase(int offset, long value) {
    private static final int SIZE = 4;
    private static final Image ZERO = Image.of(new byte[SIZE]);

    /// `cmp dword cs:[offset], 0`, up to the offset.
    private static final Image COMPARE = Image.ofHex("66 2e 83 3e");

    /// The rest of that instruction, `jz +7`, `mov eax, cs:[offset]`, up to the offset.
    private static final Image LOAD = Image.ofHex("00 74 07 66 2e a1");

    /// `jmp +0fh`, `mov ax, 105eh`.
    private static final Image NEXT = Image.ofHex("eb 0f b8 5e 10");

    private static final int FIRST_OFFSET = 4;
    private static final int LOAD_AT = 6;
    private static final int SECOND_OFFSET = 12;
    private static final int NEXT_AT = 14;
    private static final int PATTERN_SIZE = 19;

    /// Where the VGA BIOS has saved the base; empty when the code that uses it does not occur
    /// exactly once.
    public static Optional<SavedStolenBase> find(RomImage vgaBios) {
        if (!(vgaBios.header() instanceof RomHeader.Legacy)) {
            return Optional.empty();
        }
        Image raw = vgaBios.raw();
        int offset = -1;
        for (long at = raw.indexOf(COMPARE, 0); at >= 0; at = raw.indexOf(COMPARE, at + 1)) {
            if (!matches(raw, at)) {
                continue;
            }
            if (offset >= 0) {
                return Optional.empty();
            }
            offset = raw.u16(at + FIRST_OFFSET);
        }
        return offset < 0 || !isData(vgaBios, offset)
                ? Optional.empty()
                : Optional.of(new SavedStolenBase(offset, raw.u32(offset)));
    }

    private static boolean matches(Image raw, long at) {
        return at <= raw.size() - PATTERN_SIZE
                && raw.matches(at + LOAD_AT, LOAD)
                && raw.matches(at + NEXT_AT, NEXT)
                && raw.u16(at + FIRST_OFFSET) == raw.u16(at + SECOND_OFFSET);
    }

    /// Whether the value lies in the image and outside its header and PCI data.
    private static boolean isData(RomImage vgaBios, int offset) {
        long pcir = vgaBios.header().pcirOffset();
        return offset >= RomHeader.SIZE
                && offset <= vgaBios.raw().size() - SIZE
                && (offset + SIZE <= pcir || offset >= pcir + PciData.LENGTH_3);
    }

    /// The same VGA BIOS without a saved base, with a valid checksum.
    public RomImage cleared(RomImage vgaBios) {
        Image raw = new Emitter().image(vgaBios.raw()).patch(offset, ZERO).toImage();
        return new RomImage(
                        vgaBios.offset(),
                        vgaBios.header(),
                        vgaBios.pcir(),
                        vgaBios.deviceList(),
                        raw,
                        vgaBios.gap())
                .withChecksum();
    }
}
