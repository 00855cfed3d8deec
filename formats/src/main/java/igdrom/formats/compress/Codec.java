package igdrom.formats.compress;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.List;
import java.util.OptionalLong;

/// The ways firmware is packed.
public enum Codec {
    /// The UEFI specification's own: window 8 KiB, in compression sections and option ROMs.
    EFI_1_1("EFI 1.1"),
    /// EDK2's variant of it with a larger window.
    TIANO("Tiano"),
    LZMA("LZMA"),
    /// LZMA of x86 code whose branch targets were made absolute; EDK2 calls it LzmaF86.
    LZMA_X86("LZMA-x86"),
    BROTLI("Brotli"),
    /// Also in gzip's wrapping.
    ZLIB("zlib"),
    /// The LZ4 frame, as coreboot's CBFS has it.
    LZ4("LZ4");

    /// Nothing larger is unpacked, whatever limit the caller sets.
    public static final long MAX_DECOMPRESSED = Image.MAX_FILE_SIZE;

    private final String label;

    Codec(String label) {
        this.label = label;
    }

    /// The name as users know it.
    public String label() {
        return label;
    }

    /// How many bytes the header says will come out; empty for codecs whose header does not say.
    ///
    /// @throws MalformedImageException when the header cannot be read
    public OptionalLong decompressedSize(Image packed, Location location) {
        return switch (this) {
            case EFI_1_1, TIANO -> OptionalLong.of(EfiHeader.read(packed, location).originalSize());
            case LZMA, LZMA_X86 -> OptionalLong.of(LzmaHeader.read(packed, location).size());
            case BROTLI -> OptionalLong.of(BrotliCodec.decompressedSize(packed, location));
            case ZLIB -> OptionalLong.empty();
            case LZ4 -> Lz4Frame.read(packed, location).contentSize();
        };
    }

    /// Unpacks `packed`; bytes after the end of the stream are padding and do not matter.
    ///
    /// Memory: a copy of the packed bytes, what the allowance gives, half as much again while the
    /// unpacked bytes grow, and per codec at most 128 KiB (EFI 1.1, Tiano), 6.1 MiB (LZMA), 34 MiB
    /// (Brotli), 64 KiB (zlib, LZ4).
    ///
    /// @param location of the packed data
    /// @param allowance from which all that comes out is taken
    /// @throws MalformedImageException when the header cannot be read or promises more than is
    ///   left; a fault further on gives [Decompressed.Damaged]
    public Decompressed decompress(Image packed, Location location, ExpansionBudget allowance) {
        return switch (this) {
            case EFI_1_1, TIANO -> EfiDecoder.decompress(this, packed, location, allowance);
            case LZMA, LZMA_X86 -> LzmaCodec.decompress(this, packed, location, allowance);
            case BROTLI -> BrotliCodec.decompress(packed, location, allowance);
            case ZLIB -> ZlibCodec.decompress(packed, location, allowance);
            case LZ4 -> Lz4Decoder.decompress(packed, location, allowance);
        };
    }

    /// Like [#decompress(Image, Location, ExpansionBudget)], of an allowance of its own.
    ///
    /// @param limit the most bytes that may come out
    public Decompressed decompress(Image packed, Location location, long limit) {
        return decompress(packed, location, new ExpansionBudget(limit));
    }

    /// Packs, as strongly as the codec can; the same bytes in give the same bytes out.
    ///
    /// @throws UnsupportedOperationException for Brotli, zlib and LZ4, which are only read
    public Image compress(Image image) {
        return switch (this) {
            case EFI_1_1, TIANO -> EfiEncoder.compress(this, image);
            case LZMA, LZMA_X86 -> LzmaEncoder.compress(this, image);
            case BROTLI, ZLIB, LZ4 ->
                    throw new UnsupportedOperationException(label + " is only unpacked");
        };
    }

    /// Unpacks data of which nobody says whether it is EFI 1.1 or Tiano. The two differ in one
    /// width inside the stream, so that data of one is as a rule refused within its first block by
    /// the other.
    ///
    /// @param allowance from which all that comes out is taken; there must be enough for both
    ///   variants, though only what is returned stays taken
    /// @return never empty: each variant that decodes without a fault, EFI 1.1 first, and two only
    ///   where their bytes differ; when none does, the one damaged result that got furthest
    /// @throws MalformedImageException as [#decompress]
    public static List<Decompressed> decompressEfi(
            Image packed, Location location, ExpansionBudget allowance) {
        Decompressed efi = EFI_1_1.decompress(packed, location, allowance);
        Decompressed tiano = TIANO.decompress(packed, location, allowance);
        List<Decompressed> kept = likelier(efi, tiano);
        long dropped = efi.bytes().size() + tiano.bytes().size();
        for (Decompressed one : kept) {
            dropped -= one.bytes().size();
        }
        allowance.giveBack(dropped);
        return kept;
    }

    /// Like [#decompressEfi(Image, Location, ExpansionBudget)], of allowances of their own.
    ///
    /// @param limit the most bytes that either variant may give
    public static List<Decompressed> decompressEfi(Image packed, Location location, long limit) {
        return likelier(
                EFI_1_1.decompress(packed, location, limit),
                TIANO.decompress(packed, location, limit));
    }

    private static List<Decompressed> likelier(Decompressed efi, Decompressed tiano) {
        boolean efiIsWhole = efi instanceof Decompressed.Whole;
        boolean tianoIsWhole = tiano instanceof Decompressed.Whole;
        if (efiIsWhole && tianoIsWhole && !efi.bytes().equals(tiano.bytes())) {
            return List.of(efi, tiano);
        }
        if (efiIsWhole || tianoIsWhole) {
            return List.of(efiIsWhole ? efi : tiano);
        }
        return List.of(efi.bytes().size() >= tiano.bytes().size() ? efi : tiano);
    }
}
