package igdrom.bench;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.RomData;
import igdrom.driver.RomData.Lid;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.PeImage;
import igdrom.rom.RomParts;
import igdrom.samples.SampleOpRegion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// ROMs and OpRegions for tests.
final class Roms {
    private static final Location LOCATION = Location.root("igd.rom");

    private Roms() {}

    static RomContents of(PciId id, RomData data) {
        return RomContents.read(RomParts.of(id, data).image(), LOCATION);
    }

    static RomContents withGop(PciId id, Image gop) {
        return withGop(id, gop, RomData.NONE);
    }

    static RomContents withGop(PciId id, Image gop, RomData data) {
        PeImage program = PeImage.read(gop, LOCATION, new Diagnostics());
        return RomContents.read(RomParts.of(id, data).withGop(program).image(), LOCATION);
    }

    /// A ROM whose driver does nothing, padded to a plausible size.
    static RomContents idle(PciId id) throws IOException {
        try (InputStream in = Roms.class.getResourceAsStream("idle.efi")) {
            Image driver = Image.of(in.readAllBytes());
            Image filled = new Emitter().image(driver).fill(0, 4096).toImage();
            RomBuilder builder = new RomBuilder(id, RomBuilder.VGA, List.of());
            Emitter out = new Emitter();
            OptionRom.of(List.of(builder.efi(11, 0x8664, 0, filled))).write(out);
            return RomContents.read(out.toImage(), LOCATION);
        }
    }

    static RomData embedding(Image opRegion, boolean wins, long base) {
        return RomData.NONE
                .withLid(Lid.OPEN)
                .withOpRegionWins(wins)
                .withStolen(base, 0)
                .withOpRegion(opRegion);
    }

    /// An OpRegion 2.0 followed by a VBT. Its RVDA is a physical address of the host.
    static Image hostOpRegion(String name) {
        Image vbt = SampleOpRegion.vbt(name);
        return new Emitter()
                .image(SampleOpRegion.around(vbt))
                .patch(0x16, Image.ofHex("0002"))
                .patch(0x3ba, new Emitter().u64(0x7abc_1000).u32(vbt.size()).toImage())
                .image(vbt)
                .toImage();
    }

    /// An OpRegion 2.1 whose RVDA points to the first half of a VBT.
    static Image truncatedVbt(String name) {
        Image vbt = SampleOpRegion.vbt(name);
        long size = vbt.size() / 2;
        return new Emitter()
                .image(opRegionWithoutVbt())
                .patch(0x3ba, new Emitter().u64(0x2000).u32(size).toImage())
                .image(vbt.slice(0, size))
                .toImage();
    }

    static Image opRegionWithoutVbt() {
        Image vbt = Image.of(new byte[0x1800]);
        return new Emitter().image(opRegion("NO VBT")).patch(0x400, vbt).toImage();
    }

    static Image opRegion(String name) {
        return SampleOpRegion.named(name);
    }

    /// The machine in which a ROM is tested by default, with a hypervisor that offers an OpRegion
    /// when the ROM has none.
    static TestMachine machine(RomContents rom) {
        return machine(
                rom.opRegion().isEmpty()
                        ? TestRequest.of(rom).withFwCfg(true)
                        : TestRequest.of(rom));
    }

    static TestMachine machine(TestRequest request) {
        try {
            return MachineChoice.of(request);
        } catch (UnsupportedRequestException e) {
            throw new AssertionError(e);
        }
    }
}
