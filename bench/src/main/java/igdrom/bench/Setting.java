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
/// @param lpc what stands at 00:1f.0 instead of the machine's own; on [Machine#PC] only
/// @param opRegion the file `etc/igd-opregion`, empty for none
/// @param stolenSize what the file `etc/igd-bdsm-size` says, 0 for no such file
/// @param stolenBase what the file `etc/igd-stolen-base` says, 0 for no such file
/// @param preset what the hypervisor puts where the first device's ASLS leads from the beginning,
///   empty for nothing
/// @param reboot the machine is reset once, and looked at again
public record Setting(
        RomContents rom,
        List<IgdModel> gpus,
        Machine machine,
        Optional<PciId> lpc,
        int memoryMiB,
        Image opRegion,
        long stolenSize,
        long stolenBase,
        Image preset,
        boolean reboot) {
    static final int MAX_GPUS = 2;
    static final int USUAL_MEMORY_MIB = 512;

    public Setting {
        gpus = List.copyOf(gpus);
        if (gpus.isEmpty() || gpus.size() > MAX_GPUS) {
            throw new IllegalArgumentException("one device or two");
        }
        if (lpc.isPresent() && machine != Machine.PC) {
            throw new IllegalArgumentException("q35 has an LPC bridge of its own");
        }
        if (memoryMiB < 256) {
            throw new IllegalArgumentException("the firmware needs 256 MiB");
        }
    }

    /// One device in a machine where nobody has set up anything.
    public static Setting of(RomContents rom, IgdModel gpu, Machine machine) {
        return new Setting(
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

    public Setting withGpus(List<IgdModel> others) {
        return new Setting(
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

    public Setting withLpc(PciId id) {
        return new Setting(
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

    public Setting withMemory(int mib) {
        return new Setting(
                rom, gpus, machine, lpc, mib, opRegion, stolenSize, stolenBase, preset, reboot);
    }

    /// With the files that QEMU has for a guest.
    ///
    /// @param size 0 for no such file
    /// @param base 0 for no such file
    public Setting withFiles(Image region, long size, long base) {
        return new Setting(rom, gpus, machine, lpc, memoryMiB, region, size, base, preset, reboot);
    }

    public Setting withPreset(Image region) {
        return new Setting(
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

    public Setting withReboot() {
        return new Setting(
                rom, gpus, machine, lpc, memoryMiB, opRegion, stolenSize, stolenBase, preset, true);
    }
}
