/// Decompression, and for some formats compression, of firmware.
///
/// Start with [Codec][igdrom.formats.compress.Codec]:
///
/// ```java
/// Location location = Location.root("section.bin");
/// switch (Codec.LZMA.decompress(compressed, location, 64 << 20)) {
///     case Decompressed.Whole whole -> use(whole.bytes());
///     case Decompressed.Damaged damaged -> report(damaged.fault());
/// }
/// ```
///
/// A damaged stream still yields the bytes before the damage. For data that may be EFI 1.1 or
/// Tiano, [Codec#decompressEfi][igdrom.formats.compress.Codec#decompressEfi] tries both.
///
/// Spec: UEFI 2.11, "Compression Algorithm Specification" (EFI 1.1); PI 1.9, "Compression Section"
/// and "GUID-defined Section". Tiano, LZMA and Brotli sections are documented by public code only,
/// which each class names.
///
/// Every decoder checks the promised size against its
/// [ExpansionBudget][igdrom.formats.compress.ExpansionBudget] before it allocates memory, and then
/// allocates in proportion to the actual output. All decoders of one image share a budget.
///
/// Not supported: LZMA of unknown size, LZMA2 and xz, zstd; compression with Brotli, zlib and LZ4.
@NullMarked
package igdrom.formats.compress;

import org.jspecify.annotations.NullMarked;
