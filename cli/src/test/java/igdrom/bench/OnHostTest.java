package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.linux.OwnerInitramfs;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.rom.RomParts;
import igdrom.samples.SampleOpRegion;
import igdrom.testing.Corpus;
import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// `igdrom test --on-host` as the owner of the hardware starts it, in an emulated machine: one boot
/// of the host, in which all of this happens. It takes minutes, so it runs with the system property
/// `igdrom.all`; the refusals and the binding have tests of their own, which always run.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnHostTest {
    private static final PciId COFFEE_LAKE = PciId.intel(0x3e92);
    private static final int MINUTES = 120;
    private static final String GOP = "gop/mrcb_soc_intel_cml_IntelGopDriver.efi";
    private static final String DRAWING = "gop.rom";

    /// What a test needs to end in time where a processor is emulated twice.
    private static final String SCRIPT =
            """
            lent() { igdrom test --on-host --memory 384 "$@" /igd.rom; }
            # Does something to a test once its guest runs, unless the test ends before.
            during() { (guest; eval "$1") & }
            over() { kill $! 2>/dev/null; wait; state; }
            say step refused
            igdrom test --on-host /igd.rom
            state
            say step proved
            lent --bind --timeout 3000
            state
            say step sized
            lent --bind --timeout 3000 --qemu-options x-igd-opregion=on,x-igd-gms=1
            state
            say step drawn
            [ ! -e /gop.rom ] || igdrom test --on-host --bind --memory 384 --timeout 3000 /gop.rom
            state
            say step interrupted
            during 'kill -INT $(running igdrom.cli.Main)'
            lent --bind --timeout 3000
            over
            say step killed
            during 'kill -KILL $(running qemu-system)'
            lent --bind --timeout 3000
            over
            say step hung
            during 'kill -STOP $(running qemu-system)'
            lent --bind --timeout 120
            over
            say step bound
            echo vfio-pci >$device/driver_override
            echo 0000:00:02.0 >/sys/bus/pci/drivers/vfio-pci/bind
            during 'lent; kill -KILL $(running qemu-system)'
            lent --timeout 3000
            wait
            state
            say step kernel
            dmesg | grep -E 'DMAR.*fault|Oops|BUG|WARNING' | head -n 20
            free
            """;

    @TempDir Path work = Path.of("");

    @Test
    void device_is_proved_and_given_back_however_the_test_ends() throws Exception {
        assumeTrue(Boolean.getBoolean("igdrom.all"), "takes minutes; only with -Digdrom.all=true");
        Map<String, Image> roms = roms();
        Map<String, List<String>> steps = steps(machine().run(roms, SCRIPT, MINUTES));

        assertThat(steps.get("refused"))
                .anyMatch(line -> line.contains("no driver has the IGD, not vfio-pci"))
                .endsWith("code 4", "state none (null)");
        assertThat(steps.get("proved"))
                .as(String.join("\n", steps.get("proved")))
                .anyMatch(line -> line.startsWith("pass: all "))
                .anyMatch(line -> line.contains("host.opregion"))
                .anyMatch(line -> line.contains("opregion.bytes"))
                .anyMatch(line -> line.contains("host.back"))
                .endsWith("code 0", "state none (null)");
        assertThat(steps.get("sized"))
                .as(String.join("\n", steps.get("sized")))
                .anyMatch(line -> line.startsWith("pass: all "))
                .anyMatch(line -> line.contains("QEMU emulates BDSM, for 32MB"))
                .endsWith("code 0", "state none (null)");
        if (roms.containsKey(DRAWING)) {
            assertThat(steps.get("drawn"))
                    .as(String.join("\n", steps.get("drawn")))
                    .anyMatch(line -> line.startsWith("pass: all "))
                    .anyMatch(line -> line.contains("gop.picture       800x600, not all"))
                    .anyMatch(line -> line.contains("pages of the picture are in stolen memory"))
                    .anyMatch(line -> line.contains("the monitor should have shown text"))
                    .endsWith("code 0", "state none (null)");
        }
        assertThat(steps.get("interrupted")).endsWith("code 130", "state none (null)");
        assertThat(steps.get("killed"))
                .anyMatch(line -> line.contains("QEMU was killed by signal 9"))
                .anyMatch(line -> line.contains("the host has its device as before: no driver"))
                .endsWith("code 1", "state none (null)");
        assertThat(steps.get("hung"))
                .anyMatch(line -> line.contains("the time limit of 120 s ran out"))
                .anyMatch(line -> line.contains("the host has its device as before: no driver"))
                .endsWith("code 4", "state none (null)");
        assertThat(steps.get("bound"))
                .anyMatch(line -> line.contains("another guest has the IGD: "))
                .endsWith("state vfio-pci vfio-pci");
        assertThat(steps.get("kernel")).noneMatch(line -> line.contains("fault"));
    }

    /// The lines of each step; what the script itself says is without its mark.
    private static Map<String, List<String>> steps(List<String> console) {
        Map<String, List<String>> steps = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : console) {
            String said =
                    line.startsWith(OwnerInitramfs.SAYS)
                            ? line.substring(OwnerInitramfs.SAYS.length())
                            : line;
            if (said.startsWith("step ")) {
                current = new ArrayList<>();
                steps.put(said.substring("step ".length()), current);
            } else {
                current.add(said);
            }
        }
        return steps;
    }

    private OwnerMachine machine() throws Exception {
        TestMachine board =
                TestMachine.builder(
                                RomContents.read(rom(), Location.root("igd.rom")),
                                IgdModel.of(COFFEE_LAKE),
                                MachineType.Q35)
                        .files(SampleOpRegion.named("COFFEELAKE"), 64 << 20, 0)
                        .build();
        return OwnerMachine.of(board, work);
    }

    /// The ROM without a GOP and, where there is a corpus, one whose GOP draws on q35.
    private Map<String, Image> roms() throws IOException {
        Map<String, Image> roms = new HashMap<>(Map.of("igd.rom", rom()));
        Path gop = Corpus.root().resolve(GOP);
        if (Files.exists(gop)) {
            Path file = work.resolve(DRAWING);
            Session built =
                    Session.of(
                            "build",
                            "--device",
                            COFFEE_LAKE.toString(),
                            "--pch",
                            "8086:a308",
                            "--machine",
                            "q35",
                            "--gop",
                            gop.toString(),
                            "-o",
                            file.toString());
            assertThat(built.code()).as(built.err()).isEqualTo(ExitCode.OK);
            roms.put(DRAWING, Image.load(file));
        }
        return roms;
    }

    private static Image rom() {
        return RomParts.of(COFFEE_LAKE, RomData.NONE).image();
    }
}
