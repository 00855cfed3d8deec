package igdrom.bench;

import igdrom.bench.UnsupportedRequestException.Reason;
import igdrom.bytes.Image;
import igdrom.driver.Driver;
import igdrom.driver.RomData;
import igdrom.driver.RomData.BuiltFor;
import igdrom.firmware.lpc.LpcRead;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Pch;
import igdrom.knowledge.Platform;
import igdrom.knowledge.UsualBridge;
import igdrom.samples.SampleOpRegion;
import igdrom.virtualigd.IgdHost;
import igdrom.virtualigd.IgdModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Decides on the machine for a [TestRequest]; the ROM decides what the request leaves open.
public final class MachineChoice {
    /// Where a preset OpRegion and preset stolen memory are.
    private static final long PRESET_ASLS = 0x1000_0000;

    private static final long PRESET_BDSM = 0x1200_0000;
    private static final int PRESET_END_MIB = 0x1600_0000 >> 20;
    private static final int MIB = 1 << 20;
    private static final int SPARE_MIB = 256;

    /// Platform to emulate for an unknown device: the newest that still uses stolen memory.
    private static final String PLATFORM_FOR_UNKNOWN = "RPL-P";

    private final TestRequest request;
    private final RomContents rom;
    private final Optional<RomData> data;
    private final Optional<LpcRead> lpcRead;
    private final List<String> assumptions = new ArrayList<>();

    private MachineChoice(TestRequest request) {
        this.request = request;
        this.rom = request.rom();
        this.data = rom.driver().flatMap(Driver::data);
        this.lpcRead = rom.gop().map(gop -> LpcRead.of(gop.executable()));
    }

    /// The machine to test a ROM in.
    ///
    /// @throws UnsupportedRequestException when there is no such machine
    public static TestMachine of(TestRequest request) throws UnsupportedRequestException {
        return new MachineChoice(request).machine();
    }

    private TestMachine machine() throws UnsupportedRequestException {
        PciId id = request.device().isPresent() ? request.device().get().id() : deviceOfRom();
        PciId known = data.map(RomData::treatAs).filter(as -> as != 0).map(PciId::intel).orElse(id);
        Platform platform =
                Knowledge.platformOf(known)
                        .or(() -> Knowledge.platform(PLATFORM_FOR_UNKNOWN))
                        .orElseThrow();
        MachineType type = request.type().or(this::typeAsBuilt).orElseGet(this::typeForGop);
        boolean presets = request.presetAsls() || request.presetBdsm();
        boolean raw = request.host().registers() != IgdHost.Registers.EMULATED;
        // Without BDSM the driver writes ASLS only where the hypervisor offers this file.
        boolean needsFile = rom.opRegion().isEmpty() || platform.stolenBase() == null;
        boolean files = request.fwCfg().orElse(!raw && !presets && needsFile);
        refuseUnsupported(type, platform, files);
        IgdModel model = model(id, platform);
        Image opRegion =
                request.opRegion()
                        .orElseGet(() ->
                                rom.opRegion().isEmpty()
                                        ? SampleOpRegion.named(
                                                platform.codename().toUpperCase(Locale.ROOT))
                                        : rom.opRegion());
        TestMachine.Builder machine = TestMachine.builder(rom, model, type).memory(memory(model));
        if (type == MachineType.PC) {
            request.lpc().or(this::bridgeAsBuilt).or(() -> bridge(known)).ifPresent(machine::lpc);
        }
        if (files) {
            long size = platform.stolenInGuest() ? model.stolenSize() : 0;
            machine.files(opRegion, size, 0);
        }
        if (request.presetAsls()) {
            machine.preset(opRegion);
        }
        if (request.reboot()) {
            machine.reboot();
        }
        boolean madeUp = request.opRegion().isEmpty() && (files || request.presetAsls());
        assumeDevice(id, known);
        assumeOpRegion(platform, madeUp, files);
        boolean asked = request.fwCfg().orElse(false) || request.presetAsls();
        boolean vbtMadeUp = madeUp && !asked && rom.gop().isPresent();
        return machine.origin(new TestMachine.Origin(isAsBuilt(type), assumptions, vbtMadeUp))
                .build();
    }

    private void assumeDevice(PciId id, PciId known) {
        if (request.device().isEmpty() && rom.ids().size() > 1) {
            assumptions.add(
                    "device %s, one of %d that the ROM is for".formatted(id, rom.ids().size()));
        }
        if (Knowledge.platformOf(known).isEmpty()) {
            assumptions.add(
                    "registers of %s, because %s is an unknown device"
                            .formatted(PLATFORM_FOR_UNKNOWN, id));
        }
    }

    private void assumeOpRegion(Platform platform, boolean madeUp, boolean files) {
        if (madeUp) {
            assumptions.add(
                    TestMachine.Origin.OPREGION
                            + "with a VBT for one HDMI output, named %s, which %s%s"
                                    .formatted(
                                            platform.codename().toUpperCase(Locale.ROOT),
                                            files
                                                    ? "the hypervisor offers to the guest"
                                                    : "the hypervisor has put into the guest's"
                                                            + " memory",
                                            rom.opRegion().isEmpty() ? ": the ROM has none" : ""));
        }
    }

    private Optional<BuiltFor> builtFor() {
        return data.map(RomData::builtFor).filter(BuiltFor::isRecorded);
    }

    private Optional<MachineType> typeAsBuilt() {
        return builtFor()
                .map(BuiltFor::targets)
                .filter(targets -> !targets.isEmpty())
                .map(targets ->
                        targets.contains(RomData.Target.Q35) ? MachineType.Q35 : MachineType.PC);
    }

    /// Whether the ROM says that it was built for this machine. A guest of bhyve is played on pc.
    private boolean isAsBuilt(MachineType type) {
        return builtFor()
                .map(BuiltFor::targets)
                .filter(targets ->
                        type == MachineType.Q35
                                ? targets.contains(RomData.Target.Q35)
                                : targets.contains(RomData.Target.PC)
                                        || targets.contains(RomData.Target.BHYVE))
                .isPresent();
    }

    /// Where the ROM does not say what it was built for: a GOP that reads the LPC bridge needs pc.
    private MachineType typeForGop() {
        MachineType type = needsKnownBridge() ? MachineType.PC : MachineType.Q35;
        assumptions.add(
                "machine %s: the ROM does not say what it was built for"
                        .formatted(type.qemuName()));
        return type;
    }

    /// The bridge that a guest of bhyve has, or the one that the GOP was built for.
    private Optional<PciId> bridgeAsBuilt() {
        return builtFor()
                .flatMap(built ->
                        built.targets().equals(Set.of(RomData.Target.BHYVE))
                                ? Optional.of(Pch.BHYVE_BRIDGE)
                                : Optional.of(built.lpcId())
                                        .filter(lpc -> lpc != 0 && needsKnownBridge())
                                        .map(PciId::intel));
    }

    private void refuseUnsupported(MachineType type, Platform platform, boolean files)
            throws UnsupportedRequestException {
        if (request.lpc().isPresent() && type == MachineType.Q35) {
            throw new UnsupportedRequestException(new Reason.LpcOnQ35());
        }
        if (request.opRegion().isPresent() && !files && !request.presetAsls()) {
            throw new UnsupportedRequestException(new Reason.OpRegionNotPassed());
        }
        if (request.host().registers() != IgdHost.Registers.EMULATED
                && (request.presetAsls() || request.presetBdsm())) {
            throw new UnsupportedRequestException(new Reason.PresetOnRaw());
        }
        if (request.host().registers() == IgdHost.Registers.ABSENT
                && platform.graphicsVersion() < IgdModel.FIRST_WITH_VIRTUAL_FUNCTIONS) {
            throw new UnsupportedRequestException(new Reason.NoVirtualFunctions(platform));
        }
        if (request.presetBdsm() && platform.stolenBase() == null) {
            throw new UnsupportedRequestException(new Reason.NoBdsm(platform));
        }
    }

    private IgdModel model(PciId id, Platform platform) {
        IgdModel model =
                IgdModel.of(id, platform)
                        .withRevision(request.device().map(TestRequest.Device::revision).orElse(0))
                        .withPresets(
                                request.presetAsls() ? PRESET_ASLS : 0,
                                request.presetBdsm() ? PRESET_BDSM : 0);
        model = model.withHost(host());
        return rom.classCode() == IgdModel.DISPLAY ? model.withClass(IgdModel.DISPLAY) : model;
    }

    private IgdHost host() {
        long told = data.map(found -> found.stolen().base()).orElse(0L);
        IgdHost host = IgdHost.TYPICAL.withRegisters(request.host().registers());
        host =
                request.host()
                        .stolenBase()
                        .or(() -> Optional.of(told).filter(base -> base != 0))
                        .map(host::withStolenBase)
                        .orElse(host);
        return request.host().dirty() ? host.withDirtyDisplay() : host;
    }

    private PciId deviceOfRom() throws UnsupportedRequestException {
        for (PciId id : rom.ids()) {
            if (Knowledge.knows(id)) {
                return id;
            }
        }
        throw new UnsupportedRequestException(new Reason.UnknownDevice(rom.ids().getFirst()));
    }

    /// Whether the GOP fails next to an LPC bridge that it does not know, such as that of q35.
    private boolean needsKnownBridge() {
        return lpcRead.map(read ->
                        switch (read) {
                            case LpcRead.None() -> false;
                            case LpcRead.Unclear _ -> true;
                            case LpcRead.Site site -> site.edited().isEmpty();
                        })
                .orElse(false);
    }

    /// The platform's usual bridge, or one that the GOP accepts when it does not accept that.
    private Optional<PciId> bridge(PciId known) {
        if (!needsKnownBridge()) {
            return Optional.empty();
        }
        Optional<PciId> usual = Knowledge.usualBridge(known).map(UsualBridge::id);
        return switch (lpcRead.orElseThrow()) {
            case LpcRead.None(), LpcRead.Unclear _ -> assumed(usual, known);
            case LpcRead.Site site -> {
                boolean accepted = usual.flatMap(site::accepts).orElse(false);
                if (accepted || site.accepted().isEmpty() || site.accepted().get().isEmpty()) {
                    yield assumed(usual, known);
                }
                PciId first = PciId.intel(site.accepted().get().getFirst().first());
                assumptions.add("LPC bridge " + first + ", which the GOP accepts");
                yield Optional.of(first);
            }
        };
    }

    private Optional<PciId> assumed(Optional<PciId> usual, PciId known) {
        usual.ifPresent(id -> assumptions.add("LPC bridge %s, usual with %s".formatted(id, known)));
        return usual;
    }

    private int memory(IgdModel model) {
        if (request.memoryMiB().isPresent()) {
            return request.memoryMiB().get();
        }
        int needed = TestMachine.DEFAULT_MEMORY_MIB;
        if (request.presetAsls() || request.presetBdsm()) {
            needed = Math.max(needed, PRESET_END_MIB + SPARE_MIB);
        }
        long base = data.map(system -> system.stolen().base()).orElse(0L);
        if (base != 0) {
            long size =
                    Math.max(
                            model.stolenSize(),
                            data.map(system -> system.stolen().size()).orElse(0L));
            long end = (base + size) / MIB + SPARE_MIB;
            needed = Math.toIntExact(Math.max(needed, (end + SPARE_MIB - 1) & -SPARE_MIB));
        }
        return needed;
    }
}
