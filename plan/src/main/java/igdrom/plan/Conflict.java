package igdrom.plan;

/// Something that does not fit together and that somebody who knows better can allow.
public enum Conflict {
    GOP_DEVICE("gop-device", "a GOP that does not list the device"),
    GOP_ARCH("gop-arch", "a GOP for another processor than X64"),
    GOP_PCH("gop-pch", "a GOP that does not know the PCH"),
    VBT_GENERATION("vbt-generation", "a VBT of another generation"),
    VBT_LAYOUT("vbt-layout", "a VBT in which the GOP does not find the outputs"),
    OPREGION("opregion", "an OpRegion whose VBT is missing or not whole"),
    STOLEN_BASE("stolen-base", "a base of stolen memory that the machine cannot give"),
    OTHER_HOST("other-host", "a snapshot of a machine with another device");

    private final String id;
    private final String meaning;

    Conflict(String id, String meaning) {
        this.id = id;
        this.meaning = meaning;
    }

    /// As users write it behind `--allow`.
    public String id() {
        return id;
    }

    /// What it allows, in words.
    public String meaning() {
        return meaning;
    }
}
