/// What firmware is packed with, and how to unpack it.
///
/// Enter at [Codec][igdrom.formats.compress.Codec]: `Codec.LZMA.decompress(packed, place, limit)`.
/// The answer is [Decompressed][igdrom.formats.compress.Decompressed], which also holds what came
/// out of a damaged stream before the damage. Where nothing says whether data is EFI 1.1 or Tiano,
/// [Codec#decompressEfi][igdrom.formats.compress.Codec#decompressEfi] decides.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification" (EFI 1.1); PI 1.9, "Compression Section"
/// and "GUID-defined Section". Tiano, LZMA and Brotli sections are known from public code only:
/// each class names its source.
///
/// Every unpacker checks the claimed size against what may still be unpacked before it allocates,
/// and memory then grows with what really comes out, not with what is claimed. The unpackers of one
/// image share an [ExpansionBudget][igdrom.formats.compress.ExpansionBudget].
///
/// Not here: LZMA of unknown size, LZMA2 and xz, zstd, packing for Brotli, zlib and LZ4.
@NullMarked
package igdrom.formats.compress;

import org.jspecify.annotations.NullMarked;
