package igdrom.cli.commands;

import igdrom.cli.options.Options;
import igdrom.formats.pci.PciId;
import igdrom.plan.Conflict;
import igdrom.plan.GuestMachine;
import igdrom.plan.Remedy;
import igdrom.plan.RequestField;
import igdrom.plan.host.Fix;
import igdrom.plan.host.HostRemedy;
import igdrom.plan.vm.Hypervisor;
import igdrom.report.DriverRemedy;
import igdrom.report.HostSource;
import igdrom.report.TestRemedy;
import igdrom.report.Wording;

/// Spells what a user can do as options and commands.
final class OptionWording implements Wording {
    private static final String OWN_VBT =
            "build the ROM with the VBT of this board ("
                    + Options.VBT
                    + ", "
                    + Options.HOST
                    + " or "
                    + Options.FIRMWARE
                    + ")";

    @Override
    public String field(RequestField field) {
        return switch (field) {
            case DEVICE -> Options.DEVICE.name();
            case TREAT_AS -> Options.TREAT_AS.name();
            case MACHINE -> Options.MACHINE.name();
            case WITHOUT_GOP -> Options.NO_GOP.name();
            case LPC_BRIDGE -> Options.GOP_PCH.name();
            case UNEDITED_GOP -> Options.NO_PCH.name();
            case OPREGION_SOURCE -> Options.OPREGION_SOURCE.name();
            case ASLS -> Options.ASLS.name();
            case DISPLAY_STATE -> Options.DISPLAY_STATE.name();
            case DISABLED_OUTPUTS -> Options.DISABLE_OUTPUT.name();
            case REPACKED_VBT -> Options.REPACK_VBT.name();
            case STOLEN_BASE -> Options.STOLEN_BASE.name();
            case LID -> Options.LID.name();
            case DOCK -> Options.DOCK.name();
        };
    }

    @Override
    public String remedy(Remedy remedy) {
        return switch (remedy) {
            case NAME_DEVICE -> Options.DEVICE + " names it, lspci -nn shows its id";
            case TREAT_AS_KNOWN_DEVICE ->
                    Options.TREAT_AS
                            + " names a known device of the same generation: the page"
                            + " \"gpus\" of the guides lists them";
            case LEAVE_GOP_OUT -> Options.NO_GOP + " builds a ROM without one";
            case GIVE_LPC_BRIDGE ->
                    Options.GOP_PCH
                            + " specifies its id, which lspci -nn -s 00:1f.0 shows on the host";
            case EDIT_GOP -> "without " + Options.NO_PCH + " it is edited";
            case BUILD_FOR_PC ->
                    Options.MACHINE
                            + " "
                            + GuestMachine.PC.id()
                            + " builds a ROM for pc, which can show the host's bridge";
            case REPACK_VBT -> Options.REPACK_VBT + " gives the GOP a VBT that fits it";
            case GIVE_VBT -> Options.VBT + " specifies one";
            case GIVE_OPREGION_OR_VBT -> Options.VBT + " or " + Options.OPREGION + " specifies one";
            case GIVE_OPREGION -> Options.OPREGION + " specifies one";
            case GIVE_STOLEN_BASE ->
                    Options.HOST
                            + " or "
                            + Options.SNAPSHOT
                            + " reads it, "
                            + Options.STOLEN_BASE
                            + " specifies it";
            case GIVE_SNAPSHOT -> Options.SNAPSHOT + " names the facts about the host";
            case GIVE_VERSION -> Options.HYPERVISOR_VERSION + " specifies it";
            case CHOOSE_MACHINE -> Options.MACHINE + " names another machine";
            case BUILD_ROM -> "igdrom build makes one";
            case BUILD_FOR_MACHINE -> "igdrom build " + Options.MACHINE + " makes one for it";
        };
    }

    @Override
    public String remedy(TestRemedy remedy, PciId device, String file) {
        return switch (remedy) {
            case REPEAT -> "test again when the machine is less busy";
            case MORE_TIME -> "give it more seconds with " + Options.TIMEOUT;
            case SHOW_TRACE ->
                    "see what the drivers did: igdrom test " + Options.TRACE + " " + file;
            case OWN_VBT ->
                    OWN_VBT + ", or test with the host's OpRegion (" + Options.TEST_OPREGION + ")";
            case BUILD_ROM ->
                    "build a ROM whose driver sets it up: igdrom build "
                            + Options.DEVICE
                            + " "
                            + device;
            case VERIFY_ROM -> verifyRom(device, file);
            case LPC_BRIDGE ->
                    "build the ROM with the id of the host's bridge ("
                            + Options.GOP_PCH
                            + "; lspci -nn -s 00:1f.0 shows it), or use machine pc with"
                            + " x-igd-lpc=on";
            case OTHER_GOP ->
                    "take the GOP from firmware for " + device + " (igdrom inspect lists its ids)";
            case REPORT_PROBLEM ->
                    "report it with the files of a run with "
                            + Options.KEEP
                            + " and "
                            + Options.TRACE;
        };
    }

    @Override
    public String remedy(DriverRemedy remedy) {
        return switch (remedy) {
            case CHECK_VM ->
                    "check that the guest has the GPU: igdrom doctor " + Options.VM + " FILE";
            case CHECK_HOST -> "on the host, sudo igdrom doctor says why, and what to change";
            case TREAT_AS_KNOWN_DEVICE ->
                    "build the ROM with a newer igdrom, or with "
                            + Options.TREAT_AS
                            + " and a known device of the same generation";
            case GUEST_DRIVER ->
                    "nothing is missing: the picture comes with the guest's own driver";
            case STOLEN_SIZE ->
                    "set \"DVMT Pre-Allocated\" to 64 MB in the BIOS of the host, and give the"
                            + " guest 4 GiB or more";
            case MORE_MEMORY -> "give the guest 4 GiB or more";
            case OFFER_OPREGION ->
                    "let the hypervisor offer the host's (x-igd-opregion=on in QEMU), or "
                            + OWN_VBT;
            case OWN_VBT -> OWN_VBT;
            case VERIFY_ROM -> "check the ROM: igdrom verify " + Options.DEVICE + " ID ROM";
            case TEST_ROM ->
                    "igdrom test ROM shows what the GOP does; igdrom vbt show ROM lists the outputs"
                            + " that it knows";
            case REPORT_PROBLEM ->
                    "collect what a bug report needs: igdrom bundle "
                            + Options.DRIVER_REPORT
                            + " FILE";
        };
    }

    @Override
    public String allow(Conflict conflict) {
        return Options.ALLOW + " " + conflict.id();
    }

    @Override
    public String showAll() {
        return Options.ALL.name();
    }

    @Override
    public String vgaBios() {
        return Options.VGA_BIOS.name();
    }

    @Override
    public String verifyRom(PciId device, String file) {
        return "igdrom verify " + Options.DEVICE + " " + device + " " + file;
    }

    @Override
    public String useEditedVbt(String file, boolean opRegion) {
        return "igdrom build "
                + (opRegion ? Options.OPREGION : Options.VBT)
                + " "
                + file
                + " "
                + Options.OPREGION_SOURCE
                + " embedded ... (otherwise the hypervisor's OpRegion comes first)";
    }

    @Override
    public String writeConfiguration(Hypervisor hypervisor, String file) {
        return "igdrom config "
                + Options.FOR
                + " "
                + hypervisor.id()
                + " "
                + Options.ROM
                + " "
                + file;
    }

    @Override
    public String readDriverReport() {
        return "igdrom report reads what the driver did (igdrom help report)";
    }

    @Override
    public Fix.Do remedy(HostRemedy remedy, HostSource source) {
        return HostWording.of(remedy, source);
    }
}
