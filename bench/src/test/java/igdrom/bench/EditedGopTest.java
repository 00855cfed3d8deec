package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.firmware.lpc.LpcEditException;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.pci.PciId;
import igdrom.testing.Corpus;
import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Intel's GOP on q35, whose LPC bridge it does not support.
class EditedGopTest {
    private static final int SECONDS = 900;

    /// Where the pictures are kept after the tests.
    private static final Path PICTURES = Path.of("target", "pictures");

    @TempDir Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "8086:3e92, 8086:a308, gop/mrcb_soc_intel_cml_IntelGopDriver.efi",
        "8086:46a6, 8086:5182, gop/dasharo_novacustom_ns5x_adl_IntelGopDriver.efi",
        "8086:a780, 8086:7a84, oprom/gangqizai_2in1_rom_igd_rpls.rom",
    })
    void gop_draws_on_q35_only_after_the_edit(String device, String bridge, String file)
            throws Exception {
        PciId id = PciId.of(device);
        Gop gop = gop(Corpus.image(file));
        Outcome dark = run(id, gop.image());
        assertThat(BenchTest.failed(dark))
                .containsExactly(
                        "gop.started: no Graphics Output Protocol was found; the GOP has set up"
                                + " nothing: it does not support the device or the LPC bridge at"
                                + " 00:1f.0, or it did not start",
                        "gop.picture: the screen is off");

        Outcome edited = run(id, edited(gop, PciId.of(bridge)));
        assertThat(BenchTest.failed(edited)).isEmpty();
        Files.createDirectories(PICTURES);
        Files.write(
                PICTURES.resolve("q35-" + id.toString().replace(':', '-') + ".png"),
                edited.picture().orElseThrow().png().toByteArray());
    }

    /// The first entry of this VBT is unused, and its entries have 40 bytes; the GOP expects 39.
    @Test
    void gop_without_an_output_never_returns_and_the_reason_is_reported() throws Exception {
        assumeTrue(
                Boolean.getBoolean("igdrom.all"),
                "runs into its time limit; only with -Digdrom.all=true");
        PciId id = PciId.of("8086:46a6");
        Gop gop = gop(Corpus.image("gop/dasharo_novacustom_ns5x_adl_IntelGopDriver.efi"));
        Emitter region = new Emitter();
        OpRegionBuilder.around(Corpus.image("vbt/cwwk-adl.vbt")).write(region);
        RomContents rom = Roms.withGop(id, edited(gop, PciId.of("8086:5182")));
        TestMachine machine =
                TestMachine.builder(rom, IgdModel.of(id), MachineType.Q35)
                        .files(region.toImage(), 0, 0)
                        .build();
        Outcome stuck = Bench.run(machine, Emulators.any(), 60, Scratch.createIn(directory));
        assertThat(BenchTest.failed(stuck))
                .singleElement()
                .asString()
                .endsWith(
                        "; the GOP no longer touches the device, it last wrote register 0x44070"
                                + " TIMESTAMP_CTR: 0x0; the GOP expects 39 bytes per output of a"
                                + " VBT, but this one (BDB 256) has 40: it finds none, and never"
                                + " comes back");
    }

    /// A GOP of Alder Lake that works on q35.
    static Image alderLake() throws IOException, LpcEditException {
        Gop gop = gop(Corpus.image("gop/dasharo_novacustom_ns5x_adl_IntelGopDriver.efi"));
        return edited(gop, PciId.of("8086:5182"));
    }

    static Image edited(Gop gop, PciId bridge) throws LpcEditException {
        return LpcEdit.edit(gop.executable(), bridge).edited();
    }

    /// The GOP in a file, which is a driver or a ROM.
    static Gop gop(Image file) {
        Location location = Location.root("gop");
        if (OptionRom.looksLikeRom(file, 0)) {
            return RomContents.read(file, location).gop().orElseThrow();
        }
        return Gop.examine(file, location, new Diagnostics()).orElseThrow();
    }

    private Outcome run(PciId id, Image gop) throws IOException {
        TestMachine base = Roms.machine(Roms.withGop(id, gop));
        TestMachine machine =
                TestMachine.builder(base.rom(), base.gpus().getFirst(), MachineType.Q35)
                        .files(base.opRegion(), base.stolenSize().orElse(0), 0)
                        .build();
        return Bench.run(machine, Emulators.any(), SECONDS, Scratch.createIn(directory));
    }
}
