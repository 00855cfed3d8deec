package igdrom.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.RomData;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.firmware.lpc.LpcEditException;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.PeImage;
import igdrom.formats.vbt.Vbt;
import igdrom.formats.vbt.VbtEdit;
import igdrom.formats.vbt.VbtRepack;
import igdrom.rom.RomParts;
import igdrom.testing.Corpus;
import igdrom.virtualigd.Activity;
import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Intel's GOP makes of VBTs that igdrom has changed.
class EditedVbtTest {
    private static final int SECONDS = 900;
    private static final long MIB = 1L << 20;
    private static final Location LOCATION = Location.root("vbt");

    /// Source: Linux, drivers/gpu/drm/i915/display/intel_display_regs.h, DDI_BUF_CTL.
    private static final int DDI_BUF_CTL = 0x64000;

    private static final int DDI_STEP = 0x100;
    private static final int DDI_ENABLE = 1 << 31;

    @TempDir Path directory = Path.of("");

    /// fw_cfg offers the VBT of the board, the ROM the edited one, which comes first.
    @ParameterizedTest
    @CsvSource({
        "8086:46d1, 8086:5481, dasharo_novacustom_ns5x_adl, hardkernel-odroid-h4, HDMI-A, A, B",
        "8086:9bc5, 8086:0684, mrcb_soc_intel_cml, clevo-cml-u-l140cu, eDP-A, A, B",
    })
    void gop_does_not_drive_an_output_that_is_switched_off(
            String device,
            String bridge,
            String gop,
            String vbt,
            String output,
            char driven,
            char drivenInstead)
            throws Exception {
        Guest guest = new Guest(PciId.of(device), PciId.of(bridge), gop);
        assumeQuick(guest);
        Image board = board(vbt);
        Outcome all = run(guest, board, RomData.NONE.withOpRegion(around(board)));
        assertThat(BenchTest.failed(all)).isEmpty();
        assertThat(drivenPorts(all)).containsExactly(driven);

        Image edited = VbtEdit.disable(board, List.of(output), LOCATION).image();
        RomData data =
                RomData.NONE
                        .withOpRegion(around(edited))
                        .withOpRegionWins(true)
                        .withOriginalVbt(board);
        Outcome without = run(guest, board, data);
        assertThat(BenchTest.failed(without)).isEmpty();
        assertThat(drivenPorts(without)).containsExactly(drivenInstead);
        assertThat(without.picture()).isPresent();
    }

    /// As it is, the GOP finds no output in the first VBT and never returns ([EditedGopTest]).
    @ParameterizedTest
    @CsvSource({
        "8086:46d1, 8086:5481, dasharo_novacustom_ns5x_adl, cwwk-adl",
        "8086:3e92, 8086:a308, mrcb_soc_intel_cml, asrock-h370m-itx_ac",
    })
    void gop_draws_with_a_vbt_repacked_for_it_and_the_opregion_keeps_the_original(
            String device, String bridge, String gop, String vbt) throws Exception {
        Guest guest = new Guest(PciId.of(device), PciId.of(bridge), gop);
        assumeQuick(guest);
        Image board = board(vbt);
        Image repacked = VbtRepack.resize(board, 39, LOCATION);
        RomData data = RomData.NONE.withOpRegion(around(board)).withPolicyVbt(repacked);
        Outcome outcome = run(guest, board, data);
        assertThat(BenchTest.failed(outcome)).isEmpty();
        assertThat(outcome.picture()).isPresent();
        assertThat(requireNonNull(outcome.expected().gpus().getFirst().opRegion()).vbt())
                .isEqualTo(board);
    }

    /// A device with a GOP that was edited to see a bridge.
    private record Guest(PciId device, PciId bridge, String gop) {}

    /// One device always, the others with the system property `igdrom.all`.
    private static void assumeQuick(Guest guest) {
        assumeTrue(
                guest.device().equals(PciId.of("8086:46d1")) || Boolean.getBoolean("igdrom.all"),
                "only with -Digdrom.all=true");
    }

    private static Image board(String name) {
        Image file = Corpus.image("vbt/" + name + ".vbt");
        return file.slice(0, Vbt.wholeSize(file, LOCATION));
    }

    private Outcome run(Guest guest, Image fwCfgVbt, RomData data)
            throws IOException, LpcEditException {
        Image driver = Corpus.image("gop/" + guest.gop() + "_IntelGopDriver.efi");
        Gop gop = Gop.examine(driver, LOCATION, new Diagnostics()).orElseThrow();
        Image edited = LpcEdit.edit(gop.executable(), guest.bridge()).edited();
        PeImage program = PeImage.read(edited, LOCATION, new Diagnostics());
        RomContents rom =
                RomContents.read(
                        RomParts.of(guest.device(), data).withGop(program).image(),
                        Location.root("igd.rom"));
        TestMachine machine =
                TestMachine.builder(rom, IgdModel.of(guest.device()), MachineType.Q35)
                        .files(around(fwCfgVbt), 64 * MIB, 0)
                        .build();
        return Bench.run(machine, Emulators.any(), SECONDS, Scratch.createIn(directory));
    }

    private static Image around(Image vbt) {
        Emitter out = new Emitter();
        OpRegionBuilder.around(vbt).write(out);
        return out.toImage();
    }

    /// The ports that the GOP has left enabled.
    private static List<Character> drivenPorts(Outcome outcome) {
        List<Character> ports = new ArrayList<>();
        for (Activity.Register register : outcome.activities().getFirst().registers()) {
            for (int port = 0; port < 6; port++) {
                if (register.offset() == DDI_BUF_CTL + port * DDI_STEP
                        && (register.value() & DDI_ENABLE) != 0) {
                    ports.add((char) ('A' + port));
                }
            }
        }
        return ports;
    }
}
