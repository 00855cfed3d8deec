package igdrom.plan.vm;

import igdrom.driver.RomData.BuiltFor;
import igdrom.driver.RomData.Target;
import igdrom.formats.pci.PciId;
import igdrom.plan.GuestMachine;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a ROM is for.
///
/// @param file its name, for messages
/// @param ids of the devices that its images are for
/// @param classCode of the device that its last image is for, 24 bits
/// @param builtFor what igdrom's driver in it was built for
/// @param gop whether it has a GOP
/// @param uefi whether firmware for UEFI finds anything in it
/// @param vgaBios its VGA BIOS
public record RomFacts(
        String file,
        List<PciId> ids,
        int classCode,
        BuiltFor builtFor,
        boolean gop,
        boolean uefi,
        VgaBios vgaBios) {
    /// The VGA BIOS in a ROM.
    public enum VgaBios {
        NONE,
        /// It keeps no base of stolen memory, as far as can be seen.
        CLEARED,
        /// It keeps the base of stolen memory of the machine that it was copied from.
        STALE
    }

    public RomFacts {
        ids = List.copyOf(ids);
    }

    /// Whether it may be used with a device.
    boolean isFor(PciId device) {
        return builtFor.isRecorded()
                ? builtFor.deviceId() == device.device() && device.vendor() == PciId.INTEL
                : ids.contains(device);
    }

    /// Whether it may be used in a machine; one that does not say may be used in all.
    boolean isFor(GuestMachine machine) {
        Set<GuestMachine> machines = machines();
        return machines.isEmpty() || machines.contains(machine);
    }

    /// The machines that it was built for, empty when it does not say.
    Set<GuestMachine> machines() {
        Set<GuestMachine> machines = EnumSet.noneOf(GuestMachine.class);
        for (Target target : builtFor.targets()) {
            machines.add(
                    switch (target) {
                        case Q35 -> GuestMachine.Q35;
                        case PC -> GuestMachine.PC;
                        case BHYVE -> GuestMachine.BHYVE;
                    });
        }
        return machines;
    }
}
