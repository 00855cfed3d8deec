package igdrom.web;

import igdrom.plan.RequestField;

/// The labels of the form for a ROM, which messages refer to.
final class Labels {
    static final String ALLOW = "Allow what does not fit";
    static final String VGA_BIOS = "Add the VGA BIOS";

    private Labels() {}

    static String of(RequestField field) {
        return switch (field) {
            case DEVICE -> "Graphics device";
            case TREAT_AS -> "Treat as";
            case MACHINE -> "Machine";
            case WITHOUT_GOP -> "Leave the GOP out";
            case LPC_BRIDGE -> "PCH (LPC bridge)";
            case UNEDITED_GOP -> "Leave the GOP unedited";
            case OPREGION_SOURCE -> "Always use the OpRegion in the ROM";
            case ASLS -> "Write ASLS always";
            case DISPLAY_STATE -> "Clear the display state";
            case DISABLED_OUTPUTS -> "Outputs to switch off";
            case REPACKED_VBT -> "Repack the VBT";
            case STOLEN_BASE -> "Stolen memory at";
            case LID -> "Lid";
            case DOCK -> "Docked";
        };
    }
}
