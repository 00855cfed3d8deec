package igdrom.formats.compress;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.List;
import java.util.OptionalLong;

/// The compression formats of firmware.
public enum Codec {
    /// The format of the UEFI specification, with a window of 8 KiB: compression sections, option
    /// ROMs.
    EFI_1_1("EFI 1.1"),
    /// EDK2's variant of EFI 1.1 with a larger window.
    TIANO("Tiano"),
    LZMA("LZMA"),
    /// LZMA of x86 code with absolute branch targets, which EDK2 calls LzmaF86.
    LZMA_X86("LZMA-x86"),
    BROTLI("Brotli"),
    /// Includes gzip.
    ZLIB("zlib"),
    /// The LZ4 frame format, as used by coreboot's CBFS.
    LZ4("LZ4");

    /// The maximum size of decompressed data, regardless of the caller's limit.
    public static final long MAX_DECOMPRESSED = Image.MAX_FILE_SIZE;

    private final String label;

    Codec(String label) {
        this.label = label;
    }

    /// The name that users know.
    public String label() {
        return label;
    }

    /// The decompressed size that the header promises; empty for headers without a size.
    ///
    /// @throws MalformedImageException when the header is invalid
    public OptionalLong decompressedSize(Image compressed, Location location) {
        return switch (this) {
            case EFI_1_1, TIANO ->
                    OptionalLong.of(EfiHeader.read(compressed, location).originalSize());
            case LZMA, LZMA_X86 -> OptionalLong.of(LzmaHeader.read(compressed, location).size());
            case BROTLI -> OptionalLong.of(BrotliCodec.decompressedSize(compressed, location));
            case ZLIB -> OptionalLong.empty();
            case LZ4 -> Lz4Frame.read(compressed, location).contentSize();
        };
    }

    /// Decompresses `compressed`, ignoring padding after the end of the stream.
    ///
    /// Memory: a copy of the input, the output, half of the output again while it grows, and per
    /// codec at most 128 KiB (EFI 1.1, Tiano), 6.1 MiB (LZMA), 34 MiB (Brotli), 64 KiB (zlib, LZ4).
    ///
    /// @param location of the compressed data
    /// @param budget from which the size of the output is taken
    /// @throws MalformedImageException when the header is invalid or promises more than the budget
    ///   has left; a later fault results in [Decompressed.Damaged]
    public Decompressed decompress(Image compressed, Location location, ExpansionBudget budget) {
        return switch (this) {
            case EFI_1_1, TIANO -> EfiDecoder.decompress(this, compressed, location, budget);
            case LZMA, LZMA_X86 -> LzmaCodec.decompress(this, compressed, location, budget);
            case BROTLI -> BrotliCodec.decompress(compressed, location, budget);
            case ZLIB -> ZlibCodec.decompress(compressed, location, budget);
            case LZ4 -> Lz4Decoder.decompress(compressed, location, budget);
        };
    }

    /// Like [#decompress(Image, Location, ExpansionBudget)], with a separate budget.
    ///
    /// @param limit the maximum size of the output
    public Decompressed decompress(Image compressed, Location location, long limit) {
        return decompress(compressed, location, new ExpansionBudget(limit));
    }

    /// Compresses `image`. The same input always gives the same output.
    ///
    /// @throws UnsupportedOperationException for Brotli, zlib and LZ4
    public Image compress(Image image) {
        return switch (this) {
            case EFI_1_1, TIANO -> EfiEncoder.compress(this, image);
            case LZMA, LZMA_X86 -> LzmaEncoder.compress(this, image);
            case BROTLI, ZLIB, LZ4 ->
                    throw new UnsupportedOperationException(
                            "compression with " + label + " is not supported");
        };
    }

    /// Decompresses data that is either EFI 1.1 or Tiano. The two formats differ in the width of a
    /// single field, so that a decoder of one usually rejects a stream of the other within the
    /// first block.
    ///
    /// @param budget from which the size of the output is taken; it must suffice for both formats,
    ///   although only the size of the result stays taken
    /// @return never empty: each valid result, EFI 1.1 first, and both only if their bytes differ;
    ///   if neither is valid, the damaged result with more bytes
    /// @throws MalformedImageException as [#decompress]
    public static List<Decompressed> decompressEfi(
            Image compressed, Location location, ExpansionBudget budget) {
        Decompressed efi = EFI_1_1.decompress(compressed, location, budget);
        Decompressed tiano = TIANO.decompress(compressed, location, budget);
        List<Decompressed> results = selectEfi(efi, tiano);
        long unused = efi.bytes().size() + tiano.bytes().size();
        for (Decompressed result : results) {
            unused -= result.bytes().size();
        }
        budget.giveBack(unused);
        return results;
    }

    /// Like [#decompressEfi(Image, Location, ExpansionBudget)], with separate budgets.
    ///
    /// @param limit the maximum size of the output of each format
    public static List<Decompressed> decompressEfi(
            Image compressed, Location location, long limit) {
        return selectEfi(
                EFI_1_1.decompress(compressed, location, limit),
                TIANO.decompress(compressed, location, limit));
    }

    private static List<Decompressed> selectEfi(Decompressed efi, Decompressed tiano) {
        boolean efiIsWhole = efi.damage().isEmpty();
        boolean tianoIsWhole = tiano.damage().isEmpty();
        if (efiIsWhole && tianoIsWhole && !efi.bytes().equals(tiano.bytes())) {
            return List.of(efi, tiano);
        }
        if (efiIsWhole || tianoIsWhole) {
            return List.of(efiIsWhole ? efi : tiano);
        }
        return List.of(efi.bytes().size() >= tiano.bytes().size() ? efi : tiano);
    }
}
