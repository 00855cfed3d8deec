package igdrom.formats.fv;

import igdrom.bytes.Guid;
import java.util.HashMap;
import java.util.Map;

/// The layout of files in a volume.
///
/// Spec: PI 1.9 volume 3, "EFI_FIRMWARE_FILE_SYSTEM2_GUID" and following. Source for the vendor
/// GUIDs of the same layouts: UEFITool (LongSoft/UEFITool, common/ffs.h).
public enum FileSystem {
    FFS1("FFS1"),
    FFS2("FFS2"),
    FFS3("FFS3"),
    /// Variables, or an undocumented layout: the body is kept as a single gap.
    OTHER("other");

    private static final Map<Guid, FileSystem> BY_GUID = new HashMap<>();

    static {
        BY_GUID.put(Guid.of("7A9354D9-0468-444A-81CE-0BF617D890DF"), FFS1);
        BY_GUID.put(Guid.of("8C8CE578-8A3D-4F1C-9935-896185C32DD3"), FFS2);
        BY_GUID.put(Guid.of("5473C07A-3DCB-4DCA-BD6F-1E9689E7349A"), FFS3);
        BY_GUID.put(Guid.of("04ADEEAD-61FF-4D31-B6BA-64F8BF901F5A"), FFS2); // Apple
        BY_GUID.put(Guid.of("BD001B8C-6A71-487B-A14F-0C2A2DCF7A5D"), FFS2); // Apple
        BY_GUID.put(Guid.of("AD3FFFFF-D28B-44C4-9F13-9EA98A97F9F0"), FFS2); // Intel
        BY_GUID.put(Guid.of("D6A1CD70-4B33-4994-A6EA-375F2CCC5437"), FFS2); // Intel
        BY_GUID.put(Guid.of("4F494156-AED6-4D64-A537-B8A5557BCEEC"), FFS2); // Sony
    }

    private final String label;

    FileSystem(String label) {
        this.label = label;
    }

    public static FileSystem of(Guid guid) {
        return BY_GUID.getOrDefault(guid, OTHER);
    }

    public String label() {
        return label;
    }
}
