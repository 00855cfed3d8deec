package igdrom.samples;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Code that reads the LPC bridge's id as GOPs do. It is made to be analysed, not to run.
public final class SampleLpc {
    /// Three ranges: one checked with an addition, one with a subtraction, and one whose end is in
    /// a register that `lea` computed.
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

    private SampleLpc() {}

    /// Code that reads the id by port I/O and accepts 9d80-9d9f, 3480-349f and 3400-341f.
    public static Image byPorts() {
        return byPorts(CHECK);
    }

    /// Code that reads the id by port I/O: `sub rsp, 28h`, `mov ecx, 0F8002h`, `call Read16`, `mov
    /// [rip], ax`, then the check, then Read16.
    ///
    /// @param check the code that compares the id, in hexadecimal
    public static Image byPorts(String check) {
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
}
