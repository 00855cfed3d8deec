package igdrom.bench;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.virtualigd.IgdModel;
import java.util.List;
import java.util.Optional;

/// The machine that a ROM is tested in, as its hypervisor sets it up.
///
/// @param rom on each of the graphics devices
/// @param gpus at 00:02.0 and, when there are two, at 00:03.0
/// @param lpc what stands at 00:1f.0 instead of the machine's own; on [MachineType#PC] only
/// @param opRegion the file `etc/igd-opregion`, empty for none
/// @param stolenSize what the file `etc/igd-bdsm-size` says, 0 for no such file
/// @param stolenBase what the file `etc/igd-stolen-base` says, 0 for no such file
/// @param preset what the hypervisor puts where the first device's ASLS leads from the beginning,
///   empty for nothing
/// @param reboot the machine is reset once, and looked at again
public record TestMachine(
        RomContents rom,
        List<IgdModel> gpus,
        MachineType machine,
        Optional<PciId> lpc,
        int memoryMiB,
        Image opRegion,
        long stolenSize,
        long stolenBase,
        Image preset,
        boolean reboot) {
    static final int MAX_GPUS = 2;
    static final int USUAL_MEMORY_MIB = 512;

    public TestMachine {
        gpus = List.copyOf(gpus);
        if (gpus.isEmpty() || gpus.size() > MAX_GPUS) {
            throw new IllegalArgumentException("one device or two");
        }
        if (lpc.isPresent() && machine != MachineType.PC) {
            throw new IllegalArgumentException("q35 has an LPC bridge of its own");
        }
        if (memoryMiB < 256) {
            throw new IllegalArgumentException("the firmware needs 256 MiB");
        }
    }

    /// One device in a machine where nobody has set up anything.
    public static TestMachine of(RomContents rom, IgdModel gpu, MachineType machine) {
        return new TestMachine(
                rom,
                List.of(gpu),
                machine,
                Optional.empty(),
                USUAL_MEMORY_MIB,
                Image.EMPTY,
                0,
                0,
                Image.EMPTY,
                false);
    }

    public TestMachine withGpus(List<IgdModel> others) {
        return new TestMachine(
                rom,
                others,
                machine,
                lpc,
                memoryMiB,
                opRegion,
                stolenSize,
                stolenBase,
                preset,
                reboot);
    }

    public TestMachine withLpc(PciId id) {
        return new TestMachine(
                rom,
                gpus,
                machine,
                Optional.of(id),
                memoryMiB,
                opRegion,
                stolenSize,
                stolenBase,
                preset,
                reboot);
    }

    public TestMachine withMemory(int mib) {
        return new TestMachine(
                rom, gpus, machine, lpc, mib, opRegion, stolenSize, stolenBase, preset, reboot);
    }

    /// With the files that QEMU has for a guest.
    ///
    /// @param size 0 for no such file
    /// @param base 0 for no such file
    public TestMachine withFiles(Image region, long size, long base) {
        return new TestMachine(
                rom, gpus, machine, lpc, memoryMiB, region, size, base, preset, reboot);
    }

    public TestMachine withPreset(Image region) {
        return new TestMachine(
                rom,
                gpus,
                machine,
                lpc,
                memoryMiB,
                opRegion,
                stolenSize,
                stolenBase,
                region,
                reboot);
    }

    public TestMachine withReboot() {
        return new TestMachine(
                rom, gpus, machine, lpc, memoryMiB, opRegion, stolenSize, stolenBase, preset, true);
    }
}
