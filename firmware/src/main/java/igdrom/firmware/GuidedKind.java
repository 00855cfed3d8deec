package igdrom.firmware;

import igdrom.bytes.Guid;
import igdrom.bytes.SignaturePrefixes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a GUID-defined section's GUID says about its data.
///
/// Spec: PI 1.9 volume 3, "EFI_GUID_DEFINED_SECTION". Source: EDK2 MdeModulePkg/Include/Guid (LZMA,
/// LZMA with x86 filter, Brotli, Tiano), UEFITool common/ffs.cpp (the vendors' ones).
enum GuidedKind {
    LZMA("LZMA section"),
    LZMA_X86("LZMA-x86 section"),
    TIANO("Tiano section"),
    BROTLI("Brotli section"),
    GZIP("gzip section"),
    ZLIB("zlib section"),
    CRC32("CRC32 section"),
    SIGNED("signed section");

    private static final Map<Guid, GuidedKind> BY_GUID = new HashMap<>();

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

    GuidedKind(String label) {
        this.label = label;
    }

    static Optional<GuidedKind> of(Guid guid) {
        return Optional.ofNullable(BY_GUID.get(guid));
    }

    /// Adds what the GUIDs begin with in an image.
    static SignaturePrefixes addTo(SignaturePrefixes starts) {
        for (Guid guid : BY_GUID.keySet()) {
            starts.with((int) guid.low() & 0xff, (int) (guid.low() >>> Byte.SIZE) & 0xff);
        }
        return starts;
    }

    /// Whether what is inside does not stand there in the open.
    boolean packed() {
        return this != CRC32 && this != SIGNED;
    }

    String label() {
        return label;
    }
}
