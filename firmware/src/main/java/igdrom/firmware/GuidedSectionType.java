package igdrom.firmware;

import igdrom.bytes.Guid;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The meaning of a GUID-defined section's GUID.
///
/// Spec: PI 1.9 volume 3, "EFI_GUID_DEFINED_SECTION". Source: EDK2 MdeModulePkg/Include/Guid (LZMA,
/// LZMA with x86 filter, Brotli, Tiano), UEFITool common/ffs.cpp (vendors' GUIDs).
enum GuidedSectionType {
    LZMA("LZMA section"),
    LZMA_X86("LZMA-x86 section"),
    TIANO("Tiano section"),
    BROTLI("Brotli section"),
    GZIP("gzip section"),
    ZLIB("zlib section"),
    CRC32("CRC32 section"),
    SIGNED("signed section");

    private static final Map<Guid, GuidedSectionType> BY_GUID = new LinkedHashMap<>();

    static {
        BY_GUID.put(Guid.of("EE4E5898-3914-4259-9D6E-DC7BD79403CF"), LZMA);
        BY_GUID.put(Guid.of("0ED85E23-F253-413F-A03C-901987B04397"), LZMA); // HP
        BY_GUID.put(Guid.of("BD9921EA-ED91-404A-8B2F-B4D724747C8C"), LZMA); // Microsoft
        BY_GUID.put(Guid.of("D42AE6BD-1352-4BFB-909A-CA72A6EAE889"), LZMA_X86);
        BY_GUID.put(Guid.of("A31280AD-481E-41B6-95E8-127F4C984779"), TIANO);
        BY_GUID.put(Guid.of("3D532050-5CDA-4FD0-879E-0F7F630D5AFB"), BROTLI);
        BY_GUID.put(Guid.of("1D301FE9-BE79-4353-91C2-D23BC959AE0C"), GZIP);
        BY_GUID.put(Guid.of("CE3233F5-2CD6-4D87-9152-4A238BB6D1C4"), ZLIB);
        BY_GUID.put(Guid.of("FC1BCDB0-7D31-49AA-936A-A4600D9DD083"), CRC32);
        BY_GUID.put(Guid.of("0F9D89E8-9259-4F76-A5AF-0C89E34023DF"), SIGNED);
        BY_GUID.put(Guid.of("A7717414-C616-4977-9420-844712A735BF"), SIGNED); // RSA 2048, SHA-256
    }

    private final String label;

    GuidedSectionType(String label) {
        this.label = label;
    }

    static Optional<GuidedSectionType> of(Guid guid) {
        return Optional.ofNullable(BY_GUID.get(guid));
    }

    /// All known GUIDs.
    static Set<Guid> guids() {
        return BY_GUID.keySet();
    }

    /// Whether the content is compressed.
    boolean isCompressed() {
        return this != CRC32 && this != SIGNED;
    }

    String label() {
        return label;
    }
}
