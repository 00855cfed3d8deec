package igdrom.bench;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.driver.Driver;
import igdrom.driver.RomData;
import igdrom.firmware.lpc.LpcRead;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
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
public record TestRequest(
        RomContents rom,
        Optional<PciId> device,
        int revision,
        Optional<MachineType> machine,
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
    public static TestRequest of(RomContents rom) {
        return new TestRequest(
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
    public TestMachine setting() {
        PciId id = device.orElseGet(this::deviceOfRom);
        Optional<RomData> data = rom.driver().flatMap(Driver::data);
        PciId known = data.map(RomData::treatAs).filter(as -> as != 0).map(PciId::intel).orElse(id);
        Platform platform =
                Knowledge.platformOf(known).or(() -> Knowledge.platform(UNKNOWN_AS)).orElseThrow();
        MachineType on = machine.orElse(asksForBridge() ? MachineType.PC : MachineType.Q35);
        if (lpc.isPresent() && on == MachineType.Q35) {
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
        return new TestMachine(
                rom,
                List.of(model),
                on,
                lpc.isPresent() || on == MachineType.Q35 ? lpc : bridge(platform),
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

    /// Whether the GOP gives up beside a bridge that it does not know, as q35's own.
    private boolean asksForBridge() {
        return lpcRead()
                .map(read ->
                        switch (read) {
                            case LpcRead.None() -> false;
                            case LpcRead.Unclear _ -> true;
                            case LpcRead.Site site -> site.edited().isEmpty();
                        })
                .orElse(false);
    }

    private Optional<LpcRead> lpcRead() {
        return rom.gop().map(gop -> LpcRead.of(gop.executable()));
    }

    /// The usual one of the platform; where the GOP is known not to know that, one that it knows.
    private Optional<PciId> bridge(Platform platform) {
        if (!asksForBridge()) {
            return Optional.empty();
        }
        Optional<PciId> usual = LpcBridges.of(platform);
        if (lpcRead().orElseThrow() instanceof LpcRead.Site site
                && site.accepted().isPresent()
                && !site.accepted().get().isEmpty()
                && !usual.flatMap(site::accepts).orElse(false)) {
            return Optional.of(PciId.intel(site.accepted().get().getFirst().first()));
        }
        return usual;
    }

    private int memory(IgdModel model, Optional<RomData> data) {
        if (memoryMiB != 0) {
            return memoryMiB;
        }
        int needed = TestMachine.USUAL_MEMORY_MIB;
        if (presetAsls || presetBdsm) {
            needed = Math.max(needed, PRESET_END_MIB + SPARE_MIB);
        }
        long base = data.map(RomData::stolenBase).orElse(0L);
        if (base != 0) {
            long size = Math.max(model.stolenSize(), data.map(RomData::stolenSize).orElse(0L));
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
