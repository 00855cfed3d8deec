package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Intel's GOP makes of VBTs that igdrom has changed.
class EditedVbtTest {
    private static final int SECONDS = 900;
    private static final long MIB = 1L << 20;
    private static final Location LOCATION = Location.root("vbt");
    private static final PciId DEVICE = PciId.of("8086:46d1");

    /// Source: Linux, drivers/gpu/drm/i915/display/intel_display_regs.h, DDI_BUF_CTL.
    private static final int DDI_BUF_CTL = 0x64000;

    private static final int DDI_STEP = 0x100;
    private static final int DDI_ENABLE = 1 << 31;

    @TempDir Path directory = Path.of("");

    /// fw_cfg offers the VBT of the board, the ROM the edited one, which comes first.
    @Test
    void gop_does_not_drive_an_output_that_is_switched_off() throws Exception {
        Image board = Corpus.image("vbt/hardkernel-odroid-h4.vbt");
        Outcome all = run(board, RomData.NONE.withOpRegion(around(board)));
        assertThat(BenchTest.failed(all)).isEmpty();
        assertThat(drivenPorts(all)).containsExactly('A');

        Image edited = VbtEdit.disable(board, List.of("HDMI-A"), LOCATION).image();
        RomData data =
                RomData.NONE
                        .withOpRegion(around(edited))
                        .withOpRegionWins(true)
                        .withOriginalVbt(board);
        Outcome without = run(board, data);
        assertThat(BenchTest.failed(without)).isEmpty();
        assertThat(drivenPorts(without)).containsExactly('B');
        assertThat(without.picture()).isPresent();
    }

    /// The VBT has entries of 40 bytes, the GOP expects 39: as it is, the GOP finds no output and
    /// never returns ([EditedGopTest]).
    @Test
    void gop_draws_with_a_vbt_repacked_for_it_and_the_opregion_keeps_the_original()
            throws Exception {
        Image board = Corpus.image("vbt/cwwk-adl.vbt");
        Image repacked = VbtRepack.resize(board, 39, LOCATION);
        RomData data = RomData.NONE.withOpRegion(around(board)).withPolicyVbt(repacked);
        Outcome outcome = run(board, data);
        assertThat(BenchTest.failed(outcome)).isEmpty();
        assertThat(outcome.picture()).isPresent();
        assertThat(outcome.expected().gpus().getFirst().opRegion().vbt())
                .isEqualTo(board.slice(0, 0x2221));
    }

    private Outcome run(Image fwCfgVbt, RomData data) throws IOException, LpcEditException {
        Image driver = Corpus.image("gop/dasharo_novacustom_ns5x_adl_IntelGopDriver.efi");
        Gop gop = Gop.examine(driver, LOCATION, new Diagnostics()).orElseThrow();
        Image edited = LpcEdit.edit(gop.executable(), PciId.of("8086:5481")).edited();
        PeImage program = PeImage.read(edited, LOCATION, new Diagnostics());
        RomContents rom =
                RomContents.read(
                        RomParts.of(DEVICE, data).withGop(program).image(),
                        Location.root("igd.rom"));
        TestMachine machine =
                TestMachine.builder(rom, IgdModel.of(DEVICE), MachineType.Q35)
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
