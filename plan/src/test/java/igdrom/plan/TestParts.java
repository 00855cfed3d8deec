package igdrom.plan;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.FirmwareReader;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.host.Fact;
import igdrom.host.Graphics;
import igdrom.host.MemoryRange;
import igdrom.host.PciFunction;
import igdrom.host.PciFunctions;
import igdrom.host.Snapshot;
import igdrom.samples.SampleGop;
import java.util.List;

/// Parts and hosts to plan ROMs with.
final class TestParts {
    private static final Snapshot NONE = Snapshot.unknown("a test", "a test", "not set");

    static final PciId ADL_N = PciId.intel(0x46d1);
    static final PciId METEOR_LAKE = PciId.intel(0x7d55);
    static final Image VBT = vbt("ALDERLAKE-P");

    private TestParts() {}

    static Image gop(PciId device) {
        return SampleGop.driver(21, 0, 1066, List.of(device)).raw();
    }

    static Image vbt(String platform) {
        return vbt(platform, 250);
    }

    static Image vbt(String platform, int bdbVersion) {
        Emitter out = new Emitter();
        new VbtBuilder(platform, bdbVersion)
                .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .build()
                .write(out);
        return out.toImage();
    }

    /// An OpRegion with `vbt` in it.
    static Image around(Image vbt) {
        Emitter out = new Emitter();
        OpRegionBuilder.around(vbt).write(out);
        return out.toImage();
    }

    static Image patched(Image image, long offset, String hex) {
        return new Emitter().image(image).patch(offset, Image.ofHex(hex)).toImage();
    }

    /// A firmware image `bios.bin` with a GOP and a VBT.
    static Parts firmware(Image gop, Image vbt) {
        return firmware(List.of(gop), List.of(vbt));
    }

    static Parts firmware(List<Image> gops, List<Image> vbts) {
        return new Parts("bios.bin", gops(gops), List.of(), vbts(vbts), null, List.of());
    }

    /// VBTs of a firmware image without a GOP.
    static Parts firmwareVbts(Image... vbts) {
        return new Parts(null, List.of(), List.of(), vbts(List.of(vbts)), null, List.of());
    }

    /// A file that was given for its VBT.
    static Parts givenVbt(Image vbt) {
        return new Parts(null, List.of(), vbts(List.of(vbt)), List.of(), null, List.of());
    }

    /// A file `region.bin` that was given for its OpRegion.
    static Parts givenOpRegion(Image region) {
        return new Parts(
                null, List.of(), List.of(), List.of(), new Part<>(region, "region.bin"), List.of());
    }

    private static List<Part<GopDriver>> gops(List<Image> gops) {
        return gops.stream()
                .map(gop -> FirmwareReader.read(gop, "bios.bin").gops().getFirst())
                .map(gop -> new Part<>(gop, "bios.bin"))
                .toList();
    }

    static List<Part<VideoBiosTable>> vbts(List<Image> vbts) {
        return vbts.stream()
                .map(vbt -> FirmwareReader.read(vbt, "bios.bin").vbts().getFirst())
                .map(vbt -> new Part<>(vbt, "bios.bin"))
                .toList();
    }

    static HostFacts host(PciId device) {
        return host(device, around(VBT), VBT);
    }

    static HostFacts host(PciId device, Image opRegion, Image vbt) {
        return host(device, opRegion, vbt, device, 0x038000);
    }

    /// @param registers the id in config space
    static HostFacts host(PciId device, Image opRegion, Image vbt, PciId registers, int classCode) {
        Image config =
                new Emitter()
                        .u16(registers.vendor())
                        .u16(registers.device())
                        .fillTo(0x50, 0)
                        .u16(0x0200)
                        .fillTo(0xc0, 0)
                        .u64(0x7c80_0001L)
                        .fillTo(256, 0)
                        .toImage();
        PciFunction igd =
                new PciFunction(
                        "0000:00:02.0",
                        new Fact.Known<>(device, "sysfs"),
                        unknown(),
                        new Fact.Known<>(classCode, "sysfs"),
                        unknown(),
                        new Fact.Known<>(config, "sysfs"),
                        NONE.igd().use());
        return facts(
                igd,
                NONE.lpc(),
                new Fact.Known<>(opRegion, "debugfs"),
                new Fact.Known<>(vbt, "debugfs"),
                new Fact.Known<>(new MemoryRange(0x7c80_0000, 0x400_0000), "iomem"));
    }

    /// A host whose device is not known.
    static HostFacts hostWithoutDevice() {
        return hostWithout("the snapshot", "has no igd");
    }

    static HostFacts hostWithout(String source, String reason) {
        return facts(
                PciFunction.unknown("0000:00:02.0", source, reason),
                NONE.lpc(),
                NONE.opRegion(),
                NONE.vbt(),
                NONE.stolenMemory());
    }

    /// A host whose OpRegion is not known.
    static HostFacts hostWithVbtOnly(Image vbt) {
        Snapshot all = host(ADL_N, around(VBT), vbt).snapshot();
        return facts(all.igd(), all.lpc(), NONE.opRegion(), all.vbt(), all.stolenMemory());
    }

    static HostFacts withBridge(HostFacts facts, PciId bridge) {
        Snapshot all = facts.snapshot();
        PciFunction lpc =
                new PciFunction(
                        "x",
                        new Fact.Known<>(bridge, "sysfs"),
                        unknown(),
                        unknown(),
                        unknown(),
                        unknown(),
                        NONE.lpc().use());
        return facts(all.igd(), lpc, all.opRegion(), all.vbt(), all.stolenMemory());
    }

    static HostFacts readFrom(HostFacts facts, String file) {
        return new HostFacts(facts.snapshot(), file);
    }

    private static HostFacts facts(
            PciFunction igd,
            PciFunction lpc,
            Fact<Image> opRegion,
            Fact<Image> vbt,
            Fact<MemoryRange> stolenMemory) {
        return new HostFacts(
                new Snapshot(
                        "a test",
                        new PciFunctions(igd, NONE.hostBridge(), lpc, NONE.pci().others()),
                        new Graphics(
                                opRegion,
                                vbt,
                                stolenMemory,
                                NONE.graphics().holders(),
                                NONE.graphics().connectors(),
                                NONE.graphics().users(),
                                NONE.graphics().rom()),
                        NONE.iommu(),
                        NONE.firmware(),
                        NONE.vfio(),
                        NONE.kernel(),
                        NONE.machine(),
                        NONE.hypervisors(),
                        NONE.image()),
                null);
    }

    private static <T> Fact<T> unknown() {
        return new Fact.Unknown<>("a test", "not set");
    }
}
