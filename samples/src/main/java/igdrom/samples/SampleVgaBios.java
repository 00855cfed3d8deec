package igdrom.samples;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import java.util.List;

/// A VGA BIOS that runs: it writes a line to the debug console at port 0x402, which depends on
/// whether it has saved a base of stolen memory.
public final class SampleVgaBios {
    public static final String READS = "sample VGA BIOS: reads the base of stolen memory";
    public static final String SAVED = "sample VGA BIOS: uses a saved base of stolen memory";

    /// Where the code begins, and with it the offsets below.
    private static final int CODE = 0x38;

    private static final int SAVED_BASE = CODE + 48;
    private static final int READS_TEXT = SAVED_BASE + 4;
    private static final int SAVED_TEXT = READS_TEXT + READS.length() + 2;

    private SampleVgaBios() {}

    /// The VGA BIOS.
    ///
    /// @param savedBase 0 for none
    public static RomImage of(PciId device, long savedBase) {
        return new RomBuilder(device, RomBuilder.VGA, List.of())
                .legacy(new Emitter().u8(0xe9).u16(CODE - 6).toImage(), code(savedBase));
    }

    /// The first 19 bytes are those of Intel's VGA BIOSes; the rest writes a text byte by byte.
    private static Image code(long savedBase) {
        return new Emitter()
                // cmp dword cs:[saved], 0; jz +7; mov eax, cs:[saved]; jmp +15; mov ax, 105eh
                .image(Image.ofHex("66 2e 83 3e"))
                .u16(SAVED_BASE)
                .image(Image.ofHex("00 74 07 66 2e a1"))
                .u16(SAVED_BASE)
                .image(Image.ofHex("eb 0f b8 5e 10"))
                // mov si, text; jmp to the loop
                .u8(0xbe)
                .u16(READS_TEXT)
                .image(Image.ofHex("eb 0a 90 90 90 90 90 90 90"))
                // mov si, text
                .u8(0xbe)
                .u16(SAVED_TEXT)
                // cld; lodsb cs:; test al, al; jz to the end; mov dx, 402h; out dx, al; retf
                .image(Image.ofHex("fc 2e ac 84 c0 74 06 ba 02 04 ee eb f4 cb"))
                .u32(savedBase)
                .image(Image.ofAscii(READS + "\n\0"))
                .image(Image.ofAscii(SAVED + "\n\0"))
                .toImage();
    }
}
