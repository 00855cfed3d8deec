package igdrom.report;

import igdrom.formats.pci.PciId;
import igdrom.plan.Conflict;
import igdrom.plan.Remedy;
import igdrom.plan.RequestField;
import igdrom.plan.host.Fix;
import igdrom.plan.host.HostRemedy;
import igdrom.plan.vm.Hypervisor;

/// The spelling of things that have a name of their own on each surface: options and commands on a
/// command line, labels and buttons on a page.
public interface Wording {
    /// The name of a field: `--lid`.
    String field(RequestField field);

    /// What the owner can do, as a clause: `--device names it, lspci -nn shows its id`.
    String remedy(Remedy remedy);

    /// What the owner can try when a test does not pass, as a clause.
    ///
    /// @param device of the ROM
    /// @param file the ROM
    String remedy(TestRemedy remedy, PciId device, String file);

    /// What somebody can do about what the driver reported from a guest, as a clause.
    String remedy(DriverRemedy remedy);

    /// What allows a conflict: `--allow gop-device`.
    String allow(Conflict conflict);

    /// What shows a report with [Detail#ALL]: `--all`.
    String showAll();

    /// What puts a VGA BIOS into a ROM: `--vbios`.
    String vgaBios();

    /// What checks a ROM: `igdrom verify --device 8086:46d1 igd.rom`.
    String verifyRom(PciId device, String file);

    /// What puts an edited VBT into a ROM.
    ///
    /// @param opRegion whether the file is a whole OpRegion
    String useEditedVbt(String file, boolean opRegion);

    /// What writes the configuration of a guest with a ROM.
    String writeConfiguration(Hypervisor hypervisor, String file);

    /// What reads the report of the driver, in the guest: `igdrom report`.
    String readDriverReport();

    /// What the owner of a host can do next.
    Fix.Do remedy(HostRemedy remedy, HostSource source);
}
