package igdrom.bench;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.rom.Driver;
import igdrom.rom.DriverData;
import igdrom.virtualigd.IgdModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What somebody wants to know of a ROM; whatever is not said goes by the ROM.
///
/// @param revision of the device
/// @param opRegion the host's, empty for one that is made up
/// @param fwCfg whether the guest gets the files that QEMU has for an IGD
/// @param presetAsls the OpRegion is in memory and ASLS set before the guest starts, as bhyve does
/// @param presetBdsm the same with stolen memory
/// @param memoryMiB 0 for as much as is needed
public record Request(
        RomContents rom,
        Optional<PciId> device,
        int revision,
        Optional<Machine> machine,
        Optional<PciId> lpc,
        Image opRegion,
        Optional<Boolean> fwCfg,
        boolean presetAsls,
        boolean presetBdsm,
        int memoryMiB,
        boolean reboot) {
    /// Where things are put that are there before the guest starts.
    private static final long PRESET_ASLS = 0x1000_0000;

    private static final long PRESET_BDSM = 0x1200_0000;
    private static final int PRESET_END_MIB = 0x1600_0000 >> 20;
    private static final int MIB = 1 << 20;
    private static final int SPARE_MIB = 256;

    /// Whose registers a device has that nobody knows: of the newest kind with stolen memory.
    private static final String UNKNOWN_AS = "RPL-P";

    private static final int BDB_VERSION = 228;
    private static final int MOST_NAME = 15;

    /// Everything as the ROM says.
    public static Request of(RomContents rom) {
        return new Request(
                rom,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Image.EMPTY,
                Optional.empty(),
                false,
                false,
                0,
                false);
    }

    /// The machine to test it in.
    ///
    /// @throws IllegalArgumentException when what is wanted cannot be, with what to say about it
    public Setting setting() {
        PciId id = device.orElseGet(this::deviceOfRom);
        Optional<DriverData> data = rom.driver().flatMap(Driver::data);
        PciId known =
                data.map(DriverData::treatAs).filter(as -> as != 0).map(PciId::intel).orElse(id);
        Platform platform =
                Knowledge.platformOf(known).or(() -> Knowledge.platform(UNKNOWN_AS)).orElseThrow();
        Machine on = machine.orElse(rom.gop().isPresent() ? Machine.PC : Machine.Q35);
        if (lpc.isPresent() && on == Machine.Q35) {
            throw new IllegalArgumentException(
                    "q35 has an LPC bridge of its own: --lpc is for --machine pc");
        }
        boolean files = fwCfg.orElse(!presetAsls && !presetBdsm && rom.opRegion().isEmpty());
        if (!opRegion.isEmpty() && !files && !presetAsls) {
            throw new IllegalArgumentException(
                    "--opregion has no way to the guest: say --fw-cfg on, or --preset-asls");
        }
        if (presetBdsm && platform.stolenBase() == null) {
            throw new IllegalArgumentException(
                    "--preset-bdsm: " + platform.codename() + " has no BDSM");
        }
        Image region = opRegion.isEmpty() ? madeUp(platform) : opRegion;
        IgdModel model =
                IgdModel.of(id, platform)
                        .withRevision(revision)
                        .withPresets(presetAsls ? PRESET_ASLS : 0, presetBdsm ? PRESET_BDSM : 0);
        if (rom.classCode() == IgdModel.DISPLAY) {
            model = model.withClass(IgdModel.DISPLAY);
        }
        return new Setting(
                rom,
                List.of(model),
                on,
                lpc.or(() -> on == Machine.PC ? bridge(platform) : Optional.empty()),
                memory(model, data),
                files ? region : Image.EMPTY,
                files && platform.stolenInGuest() ? model.stolenSize() : 0,
                0,
                presetAsls ? region : Image.EMPTY,
                reboot);
    }

    private PciId deviceOfRom() {
        for (PciId id : rom.ids()) {
            if (Knowledge.knows(id)) {
                return id;
            }
        }
        throw new IllegalArgumentException(
                "it is for "
                        + rom.ids().getFirst()
                        + ", which is no Intel GPU that is known: name yours with --device");
    }

    /// A GOP gives up when it does not know the bridge; without one nobody asks.
    private Optional<PciId> bridge(Platform platform) {
        return rom.gop().isPresent() ? LpcBridges.of(platform) : Optional.empty();
    }

    private int memory(IgdModel model, Optional<DriverData> data) {
        if (memoryMiB != 0) {
            return memoryMiB;
        }
        int needed = Setting.USUAL_MEMORY_MIB;
        if (presetAsls || presetBdsm) {
            needed = Math.max(needed, PRESET_END_MIB + SPARE_MIB);
        }
        long base = data.map(DriverData::stolenBase).orElse(0L);
        if (base != 0) {
            long size = Math.max(model.stolenSize(), data.map(DriverData::stolenSize).orElse(0L));
            long end = (base + size) / MIB + SPARE_MIB;
            needed = Math.toIntExact(Math.max(needed, (end + SPARE_MIB - 1) & -SPARE_MIB));
        }
        return needed;
    }

    /// With a VBT that describes one HDMI output.
    static Image madeUp(Platform platform) {
        String name = platform.codename().toUpperCase(Locale.ROOT);
        Emitter vbt = new Emitter();
        new VbtBuilder(name.substring(0, Math.min(name.length(), MOST_NAME)), BDB_VERSION)
                .device(0x0004, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .build()
                .write(vbt);
        Emitter out = new Emitter();
        OpRegionBuilder.around(vbt.toImage()).write(out);
        return out.toImage();
    }
}
