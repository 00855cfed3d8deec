package igdrom.formats.pe;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.nio.charset.StandardCharsets;

/// A section for [PeImage#of].
///
/// @param name eight ASCII characters at most
public record NewSection(String name, Image data, long characteristics) {
    /// Spec: PE/COFF, "Section Flags": CNT_CODE, MEM_EXECUTE, MEM_READ.
    private static final long TEXT = 0x6000_0020L;

    /// CNT_INITIALIZED_DATA, MEM_READ.
    private static final long READ_ONLY = 0x4000_0040L;

    /// CNT_INITIALIZED_DATA, MEM_READ, MEM_WRITE.
    private static final long DATA = 0xc000_0040L;

    /// CNT_INITIALIZED_DATA, MEM_DISCARDABLE, MEM_READ.
    private static final long DISCARDABLE = 0x4200_0040L;

    public NewSection {
        if (name.length() > 8
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(name)
                || data.isEmpty()) {
            throw new IllegalArgumentException("not a section: \"" + name + "\"");
        }
    }

    /// The name as a section header has it: eight bytes.
    Image rawName() {
        return new Emitter().ascii(name).fillTo(8, 0).toImage();
    }

    public static NewSection text(Image code) {
        return new NewSection(".text", code, TEXT);
    }

    public static NewSection readOnly(String name, Image data) {
        return new NewSection(name, data, READ_ONLY);
    }

    public static NewSection data(Image data) {
        return new NewSection(".data", data, DATA);
    }

    /// Base relocations that change nothing: a loader that insists on a table finds one.
    ///
    /// Spec: PE/COFF, "The .reloc Section (Image Only)": one block with two entries of type
    /// ABSOLUTE.
    public static NewSection noRelocations() {
        return new NewSection(".reloc", Image.ofHex("00000000 0c000000 0000 0000"), DISCARDABLE);
    }
}
