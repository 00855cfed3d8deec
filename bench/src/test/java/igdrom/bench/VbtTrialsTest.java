package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.RomData;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.Vbt;
import igdrom.formats.vbt.VbtDefect;
import igdrom.formats.vbt.VbtDefect.Kind;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.VbtTrial;
import igdrom.testing.Corpus;
import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What GOPs do with a VBT in which no outputs can be found, as `vbt-trials.tsv` says: the first
/// that gives up always, all with the system property `igdrom.all`.
class VbtTrialsTest {
    /// A guest that hangs is one that has used this much of a processor without coming up.
    private static final int SECONDS = 120;

    /// @param bridge whose id is edited into the GOP, empty for a GOP that reads none
    private record Case(String device, String bridge, String gop, String vbt, Kind kind) {
        @Override
        public String toString() {
            return gop + " with a VBT that has the defect " + kind.id();
        }
    }

    @TempDir Path directory = Path.of("");

    private static List<Case> all() {
        List<Case> all = new ArrayList<>();
        for (Kind kind :
                List.of(Kind.NO_OUTPUTS, Kind.NO_BLOCK, Kind.TRUNCATED_BLOCK, Kind.CHILD_SIZE)) {
            all.add(
                    of(
                            "8086:5916",
                            "8086:9d58",
                            "gop-more/",
                            "kbl",
                            "lenovo-sklkbl_thinkpad-t470s",
                            kind));
            all.add(of("8086:3e92", "8086:a308", "gop/", "cml", "clevo-cml-u-l140cu", kind));
            all.add(of("8086:0412", "8086:8c44", "gop-more/", "hsw", "dell-optiplex_9020", kind));
            all.add(of("8086:0162", "", "gop-more/", "ivb", "asrock-b75pro3-m", kind));
            all.add(of("8086:9a49", "8086:a082", "gop-more/", "tgl", "clevo-tgl-u-l140mu", kind));
            all.add(of("8086:3185", "", "gop-more/", "glk", "google-octopus-ampton", kind));
        }
        return all;
    }

    private static Case of(
            String device, String bridge, String directory, String gop, String vbt, Kind kind) {
        String file = directory + "mrcb_soc_intel_" + gop + "_IntelGopDriver.efi";
        return new Case(device, bridge, file, "vbt/" + vbt + ".vbt", kind);
    }

    @TestFactory
    Stream<DynamicTest> gop_does_what_the_table_says() {
        boolean all = Boolean.getBoolean("igdrom.all");
        return all().stream()
                .limit(all ? Long.MAX_VALUE : 1)
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> check(each)));
    }

    private void check(Case each) throws Exception {
        Image file = Corpus.image(each.gop());
        Gop gop = Gop.examine(file, Location.root("gop"), new Diagnostics()).orElseThrow();
        Optional<VbtTrial> row = Knowledge.vbtTrial(gop.version().toString(), each.kind().id());
        Image program =
                each.bridge().isEmpty()
                        ? gop.image()
                        : LpcEdit.edit(gop.executable(), PciId.of(each.bridge())).edited();
        Image vbt = damaged(Corpus.image(each.vbt()), each.kind());
        VbtTrial.Outcome seen = seen(PciId.of(each.device()), program, vbt);
        assertThat(row.map(VbtTrial::outcome))
                .as("%s, %s", gop.version(), each.kind().id())
                .contains(seen);
    }

    private VbtTrial.Outcome seen(PciId id, Image gop, Image vbt) throws IOException {
        Emitter region = new Emitter();
        OpRegionBuilder.around(vbt).write(region);
        TestMachine machine =
                TestMachine.builder(
                                Roms.withGop(id, gop, RomData.NONE),
                                IgdModel.of(id),
                                MachineType.Q35)
                        .files(region.toImage(), 0, 0)
                        .build();
        Outcome outcome = Bench.run(machine, Emulators.any(), SECONDS, Scratch.createIn(directory));
        assumeTrue(outcome.verdict().interruption() == null, "the machine is too busy");
        if (outcome.seen().looks().isEmpty()) {
            return VbtTrial.Outcome.HANGS;
        }
        return outcome.picture().isPresent() && outcome.picture().get().colours(2) > 1
                ? VbtTrial.Outcome.DRAWS
                : VbtTrial.Outcome.GIVES_UP;
    }

    /// A VBT of a real board with a defect.
    ///
    /// Spec: VBT header and BDB header as in Linux's intel_vbt_defs.h.
    private static Image damaged(Image vbt, Kind kind) {
        long bdb = vbt.u32(0x1c);
        long blocks = bdb + vbt.u16(bdb + 0x12);
        long end = bdb + vbt.u16(bdb + 0x14);
        long at = blocks;
        while (vbt.u8(at) != 2) {
            at += 3L + vbt.u16(at + 1);
        }
        long children = at + 8;
        long size = at + 3 + vbt.u16(at + 1) - children;
        Emitter out = new Emitter().image(vbt);
        Image damaged =
                switch (kind) {
                    case NO_BLOCK -> out.patch(blocks, zeros(end - blocks)).toImage();
                    case TRUNCATED_BLOCK -> out.patch(at + 1, Image.ofHex("ffff")).toImage();
                    case CHILD_SIZE -> out.patch(at + 7, zeros(1)).toImage();
                    case NO_OUTPUTS -> out.patch(children, zeros(size)).toImage();
                };
        Vbt read = Vbt.read(damaged, Location.root("vbt"), new Diagnostics());
        assertThat(VbtDefect.of(read).map(VbtDefect::kind)).contains(kind);
        return damaged;
    }

    private static Image zeros(long size) {
        return new Emitter().fill(0, size).toImage();
    }
}
