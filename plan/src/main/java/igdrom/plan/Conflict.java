package igdrom.plan;

/// A conflict between parts, or between a part and the request, that the owner can allow.
public enum Conflict {
    GOP_DEVICE("gop-device", "a GOP that does not list the device"),
    GOP_ARCH("gop-arch", "a GOP for another processor than X64"),
    GOP_PCH("gop-pch", "a GOP that does not support the PCH"),
    VBT_GENERATION("vbt-generation", "a VBT of another family of boards"),
    VBT_LAYOUT("vbt-layout", "a VBT in which the GOP does not find the outputs"),
    OPREGION("opregion", "an OpRegion whose VBT is missing or truncated"),
    STOLEN_BASE("stolen-base", "a base of stolen memory that the machine cannot provide"),
    OTHER_HOST("other-host", "a snapshot of a machine with another device");

    private final String id;
    private final String meaning;

    Conflict(String id, String meaning) {
        this.id = id;
        this.meaning = meaning;
    }

    /// The word that users write to allow it.
    public String id() {
        return id;
    }

    /// What is built when it is allowed.
    public String meaning() {
        return meaning;
    }
}
