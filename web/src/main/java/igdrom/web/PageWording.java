package igdrom.web;

import igdrom.formats.pci.PciId;
import igdrom.plan.Conflict;
import igdrom.plan.Remedy;
import igdrom.plan.RequestField;
import igdrom.plan.host.Fix;
import igdrom.plan.host.HostRemedy;
import igdrom.plan.vm.Hypervisor;
import igdrom.report.DriverRemedy;
import igdrom.report.HostSource;
import igdrom.report.TestRemedy;
import igdrom.report.Wording;
import java.util.List;

/// Spells what a user can do as the labels of the page.
public final class PageWording implements Wording {
    @Override
    public String field(RequestField field) {
        return "\u201c" + Labels.of(field) + "\u201d";
    }

    @Override
    public String remedy(Remedy remedy) {
        return switch (remedy) {
            case NAME_DEVICE -> "choose it under " + field(RequestField.DEVICE);
            case TREAT_AS_KNOWN_DEVICE ->
                    field(RequestField.TREAT_AS) + " takes a known device of the same generation";
            case LEAVE_GOP_OUT -> field(RequestField.WITHOUT_GOP) + " makes a ROM without one";
            case GIVE_LPC_BRIDGE ->
                    field(RequestField.LPC_BRIDGE)
                            + " takes its id, which lspci -nn -s 00:1f.0 shows on the host";
            case EDIT_GOP -> "without " + field(RequestField.UNEDITED_GOP) + " it is edited";
            case BUILD_FOR_PC ->
                    "choose pc under "
                            + field(RequestField.MACHINE)
                            + ", which can show the host's bridge";
            case REPACK_VBT ->
                    field(RequestField.REPACKED_VBT) + " gives the GOP a VBT that fits it";
            case GIVE_VBT, GIVE_OPREGION -> "open one and use it for the ROM";
            case GIVE_OPREGION_OR_VBT -> "open a VBT or an OpRegion and use it for the ROM";
            case GIVE_STOLEN_BASE ->
                    "open a snapshot of the host, or enter it under "
                            + field(RequestField.STOLEN_BASE);
            case GIVE_SNAPSHOT -> "open a snapshot of the host";
            case GIVE_VERSION -> "enter it";
            case CHOOSE_MACHINE -> "choose another under " + field(RequestField.MACHINE);
            case BUILD_ROM, BUILD_FOR_MACHINE -> "make one here";
        };
    }

    /// The page runs no tests.
    @Override
    public String remedy(TestRemedy remedy, PciId device, String file) {
        return "see the manual of igdrom test";
    }

    /// The page reads no reports of the driver.
    @Override
    public String remedy(DriverRemedy remedy) {
        return "see the manual of igdrom report";
    }

    @Override
    public String allow(Conflict conflict) {
        return "\u201c" + Labels.ALLOW + "\u201d accepts it";
    }

    @Override
    public String showAll() {
        return "the lists below";
    }

    @Override
    public String vgaBios() {
        return "\u201c" + Labels.VGA_BIOS + "\u201d";
    }

    @Override
    public String verifyRom(PciId device, String file) {
        return "save the ROM, and open it here at any time to check it";
    }

    @Override
    public String useEditedVbt(String file, boolean opRegion) {
        return "Save it, open it here again and use it for a ROM with "
                + field(RequestField.OPREGION_SOURCE)
                + ": otherwise the hypervisor's OpRegion comes first.";
    }

    @Override
    public String writeConfiguration(Hypervisor hypervisor, String file) {
        return "\u201cConfiguration for " + hypervisor.title() + "\u201d below";
    }

    /// The page knows a host from a snapshot only.
    @Override
    public Fix.Do remedy(HostRemedy remedy, HostSource source) {
        String text =
                switch (remedy) {
                    case READ_AS_ROOT, GIVE_MORE_FACTS ->
                            "record the snapshot with sudo igdrom snapshot, as root, and open it"
                                    + " here again";
                    case READ_ON_HOST ->
                            "record the snapshot on the host itself, outside guests and"
                                    + " containers";
                    case GIVE_FIRMWARE ->
                            "open the firmware here: the BIOS update from the board's vendor, or a"
                                    + " dump of the flash";
                    case CHECK_AGAIN ->
                            "fix what is marked, then record the snapshot again and open it here";
                    case BUILD_ROM ->
                            "open the BIOS image of the board here too, and make the ROM below";
                    case BUILD_ROM_WITHOUT_GOP ->
                            "open a BIOS image or a VBT, and make a ROM with "
                                    + field(RequestField.WITHOUT_GOP)
                                    + " below: it shows a picture once the guest's driver runs";
                };
        return new Fix.Do(text, List.of());
    }

    @Override
    public String readDriverReport() {
        return "igdrom report on the command line shows what the driver did";
    }
}
