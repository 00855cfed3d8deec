package igdrom.formats.pe;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.nio.charset.StandardCharsets;

/// A section for [PeImage#of] and [PeImage#withSection].
///
/// @param name at most eight ASCII characters
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
        if (name.length() > SectionHeader.NAME_BYTES
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(name)
                || data.isEmpty()) {
            throw new IllegalArgumentException("not a section name, or no data: \"" + name + "\"");
        }
    }

    /// The header of this section.
    SectionHeader header(long virtualAddress, long pointerToRawData, long sizeOfRawData) {
        return new SectionHeader(
                new Emitter().ascii(name).fillTo(SectionHeader.NAME_BYTES, 0).toImage(),
                data.size(),
                virtualAddress,
                sizeOfRawData,
                pointerToRawData,
                /* pointerToRelocations= */ 0,
                /* pointerToLinenumbers= */ 0,
                /* numberOfRelocations= */ 0,
                /* numberOfLinenumbers= */ 0,
                characteristics);
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

    /// Base relocations without effect, for a position-independent program and loaders that require
    /// a table.
    ///
    /// Spec: PE/COFF, "The .reloc Section (Image Only)": one block with two entries of type
    /// ABSOLUTE.
    public static NewSection noRelocations() {
        return new NewSection(".reloc", Image.ofHex("00000000 0c000000 0000 0000"), DISCARDABLE);
    }
}
