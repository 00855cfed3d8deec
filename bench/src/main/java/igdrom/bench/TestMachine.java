package igdrom.bench;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.virtualigd.IgdModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The virtual machine that a ROM is tested in, as its hypervisor sets it up.
///
/// @param rom the option ROM of each graphics device
/// @param gpus the graphics devices: at 00:02.0 and, if there are two, at 00:03.0
/// @param lpc the device at 00:1f.0, on [MachineType#PC] only; empty for none
/// @param opRegion the fw_cfg file `etc/igd-opregion`; empty for none
/// @param stolenSize the fw_cfg file `etc/igd-bdsm-size`; empty for none. QEMU makes one with 0 for
///   a device whose BDSM it does not emulate
/// @param stolenBase the fw_cfg file `etc/igd-stolen-base`; 0 for none
/// @param preset the bytes that the hypervisor puts at the first device's preset ASLS; empty for
///   none
/// @param reboot whether the machine is reset once and inspected again
/// @param origin which of this neither the ROM nor the request says
public record TestMachine(
        RomContents rom,
        List<IgdModel> gpus,
        MachineType type,
        Optional<PciId> lpc,
        int memoryMiB,
        Image opRegion,
        OptionalLong stolenSize,
        long stolenBase,
        Image preset,
        boolean reboot,
        Origin origin) {
    static final int MAX_GPUS = 2;
    static final int DEFAULT_MEMORY_MIB = 512;

    /// OVMF does not start with less.
    private static final int MIN_MEMORY_MIB = 256;

    public TestMachine {
        gpus = List.copyOf(gpus);
        if (gpus.isEmpty() || gpus.size() > MAX_GPUS) {
            throw new IllegalArgumentException(gpus.size() + " devices, expected 1 to " + MAX_GPUS);
        }
        if (lpc.isPresent() && type != MachineType.PC) {
            throw new IllegalArgumentException("q35 has its own LPC bridge");
        }
        if (memoryMiB < MIN_MEMORY_MIB) {
            throw new IllegalArgumentException(
                    memoryMiB + " MiB of memory, the minimum is " + MIN_MEMORY_MIB);
        }
    }

    /// Where the parts of a machine come from.
    ///
    /// @param asBuilt whether the ROM says that it was built for this machine
    /// @param assumptions what was made up, a clause each
    /// @param vbtMadeUp whether the guest's only VBT was made up, and nobody asked for that
    public record Origin(boolean asBuilt, List<String> assumptions, boolean vbtMadeUp) {
        /// A machine of which nothing was made up.
        static final Origin GIVEN = new Origin(false, List.of(), false);

        /// Begins the clause about an OpRegion.
        static final String OPREGION = "an OpRegion ";

        public Origin {
            assumptions = List.copyOf(assumptions);
        }
    }

    /// A builder for a machine whose hypervisor passes nothing to the guest.
    public static Builder builder(RomContents rom, IgdModel gpu, MachineType type) {
        return new Builder(rom, List.of(gpu), type);
    }

    /// A builder that starts from this machine.
    public Builder toBuilder() {
        Builder builder = new Builder(rom, gpus, type).memory(memoryMiB);
        builder.lpc = lpc;
        builder.opRegion = opRegion;
        builder.stolenSize = stolenSize;
        builder.stolenBase = stolenBase;
        builder.preset(preset);
        builder.reboot = reboot;
        builder.origin = origin;
        return builder;
    }

    /// Puts a machine together.
    public static final class Builder {
        private final RomContents rom;
        private final MachineType type;
        private List<IgdModel> gpus;
        private Optional<PciId> lpc = Optional.empty();
        private int memoryMiB = DEFAULT_MEMORY_MIB;
        private Image opRegion = Image.EMPTY;
        private OptionalLong stolenSize = OptionalLong.empty();
        private long stolenBase;
        private Image preset = Image.EMPTY;
        private boolean reboot;
        private Origin origin = Origin.GIVEN;

        private Builder(RomContents rom, List<IgdModel> gpus, MachineType type) {
            this.rom = rom;
            this.gpus = gpus;
            this.type = type;
        }

        public Builder gpus(IgdModel... models) {
            gpus = List.of(models);
            return this;
        }

        public Builder lpc(PciId id) {
            lpc = Optional.of(id);
            return this;
        }

        public Builder memory(int mib) {
            memoryMiB = mib;
            return this;
        }

        /// The fw_cfg files that QEMU provides for an IGD.
        ///
        /// @param region empty for no such file
        /// @param size 0 for no such file
        /// @param base 0 for no such file
        public Builder files(Image region, long size, long base) {
            opRegion = region;
            stolenSize = size == 0 ? OptionalLong.empty() : OptionalLong.of(size);
            stolenBase = base;
            return this;
        }

        /// Another OpRegion in its file.
        Builder opRegion(Image region) {
            opRegion = region;
            return this;
        }

        /// The file for the size of stolen memory says 0: the hypervisor does not emulate BDSM.
        public Builder withoutBdsm() {
            stolenSize = OptionalLong.of(0);
            return this;
        }

        /// The OpRegion at the first device's preset ASLS.
        public Builder preset(Image region) {
            preset = region;
            return this;
        }

        public Builder reboot() {
            reboot = true;
            return this;
        }

        /// The OpRegion is that of a host, so none was made up.
        public Builder withOpRegionOfHost() {
            origin =
                    new Origin(
                            origin.asBuilt(),
                            origin.assumptions().stream()
                                    .filter(clause -> !clause.startsWith(Origin.OPREGION))
                                    .toList(),
                            false);
            return this;
        }

        Builder origin(Origin parts) {
            origin = parts;
            return this;
        }

        /// The machine.
        ///
        /// @throws IllegalArgumentException when the parts do not fit together
        public TestMachine build() {
            return new TestMachine(
                    rom,
                    gpus,
                    type,
                    lpc,
                    memoryMiB,
                    opRegion,
                    stolenSize,
                    stolenBase,
                    preset,
                    reboot,
                    origin);
        }
    }
}
