package igdrom.formats.capsule;

import igdrom.bytes.Guid;
import java.util.HashMap;
import java.util.Map;

/// The format of a capsule, identified by its GUID. ASUS's `.CAP` files are Aptio capsules.
public enum CapsuleKind {
    EFI("EFI capsule"),
    FMP("FMP capsule"),
    INTEL("Intel capsule"),
    LENOVO("Lenovo capsule"),
    TOSHIBA("Toshiba capsule"),
    APTIO_SIGNED("signed Aptio capsule"),
    APTIO_UNSIGNED("Aptio capsule"),
    /// An unknown GUID in a plausible header.
    UNKNOWN("capsule of unknown kind");

    private static final Map<Guid, CapsuleKind> BY_GUID = new HashMap<>();

    static {
        BY_GUID.put(Guid.of("3B6686BD-0D76-4030-B70E-B5519E2FC5A0"), EFI);
        BY_GUID.put(Guid.of("6DCBD5ED-E82D-4C44-BDA1-7194199AD92A"), FMP);
        BY_GUID.put(Guid.of("539182B9-ABB5-4391-B69A-E3A943F72FCC"), INTEL);
        BY_GUID.put(Guid.of("E20BAFD3-9914-4F4F-9537-3129E090EB3C"), LENOVO);
        BY_GUID.put(Guid.of("25B5FE76-8243-4A5C-A9BD-7EE3246198B5"), LENOVO);
        BY_GUID.put(Guid.of("3BE07062-1D51-45D2-832B-F093257ED461"), TOSHIBA);
        BY_GUID.put(Guid.of("4A3CA68B-7723-48FB-803D-578CC1FEC44D"), APTIO_SIGNED);
        BY_GUID.put(Guid.of("14EEBB90-890A-43DB-AED1-5D3C4588A418"), APTIO_UNSIGNED);
    }

    private final String label;

    CapsuleKind(String label) {
        this.label = label;
    }

    public static CapsuleKind of(Guid guid) {
        return BY_GUID.getOrDefault(guid, UNKNOWN);
    }

    public String label() {
        return label;
    }
}
