package igdrom.plan;

/// The fields of a [RomRequest] that a decision can rest on. Each surface spells them its own way:
/// a command line as options, a page as labels.
public enum RequestField {
    DEVICE,
    TREAT_AS,
    MACHINE,
    WITHOUT_GOP,
    LPC_BRIDGE,
    UNEDITED_GOP,
    OPREGION_SOURCE,
    ASLS,
    DISPLAY_STATE,
    DISABLED_OUTPUTS,
    REPACKED_VBT,
    STOLEN_BASE,
    LID,
    DOCK
}
