package igdrom.firmware.lpc;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.NewSection;
import igdrom.formats.pe.PeImage;
import igdrom.formats.pe.Subsystem;
import java.util.List;

/// Drivers that do nothing but ask for the LPC bridge's id, in the ways that compilers have made.
final class Gops {
    /// Where the window is in the code of each.
    static final int PORT_CALL = 9;

    static final int BRIDGE_WINDOW = 14;

    /// Three ranges: one added, one subtracted, and one whose end is in a register that `lea` made.
    private static final String CHECK =
            """
            0f b7 0d 00 00 00 00
            66 41 b8 1f 00
            b8 80 62 00 00  03 c1  66 83 f8 1f  77 07  b9 01 00 00 00 eb 20
            ba 80 34 00 00  0f b7 c1  66 2b c2  66 41 3b c0  76 0f
            8d 42 80  66 2b c8  66 41 3b c8  76 03
            33 c0 c3
            c3 cc
            """;

    private static final String READ_16 =
            """
            40 53 48 83 ec 20
            8b d9 bb f8 0c 00 00 8b d3 ef
            ba fc 0c 00 00 66 ed
            48 83 c4 20 5b c3 cc cc
            """;

    private Gops() {}

    static PeImage byPorts() {
        return driver(portCode(CHECK));
    }

    static PeImage byPorts(String check) {
        return driver(portCode(check));
    }

    /// `sub rsp, 28h`, `mov ecx, 0F8002h`, `call Read16`, `mov [rip], ax`, the check, Read16.
    static Image portCode(String check) {
        Image head = Image.ofHex("48 83 ec 28 b9 02 80 0f 00");
        Image store = Image.ofHex("66 89 05 00 00 00 00");
        Image compare = Image.ofHex(check);
        return new Emitter()
                .image(head)
                .u8(0xe8)
                .u32(store.size() + compare.size())
                .image(store)
                .image(compare)
                .image(Image.ofHex(READ_16))
                .fill(0xcc, 16)
                .toImage();
    }

    /// As Sandy Bridge's: `lea r11, [rip]`, registers, the window, what follows.
    static PeImage byBridge() {
        return driver(
                Image.ofHex(
                        """
                        8d 7b ff 4c 8d 1d 00 00 00 00 48 8b c8 90
                        41 b8 02 00 1f 00 8b d7 4c 89 5c 24 20 ff 50 38
                        48 85 c0 78 02 33 c0 c3 cc cc cc cc cc cc cc cc cc cc cc cc cc cc cc cc
                        """));
    }

    static PeImage driver(Image code) {
        return PeImage.of(
                Machine.X64,
                Subsystem.BOOT_SERVICE_DRIVER,
                0,
                List.of(NewSection.text(code), NewSection.noRelocations()));
    }
}
