package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.judge.Verdict.Check;
import igdrom.bytes.Image;
import igdrom.driver.RomData;
import igdrom.formats.e820.E820Entry;
import igdrom.formats.pci.PciId;
import igdrom.plan.GuestMachine;
import igdrom.plan.vm.GuestLayout;
import igdrom.plan.vm.LayoutPlanner;
import igdrom.plan.vm.LayoutRequest;
import igdrom.virtualigd.IgdHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The driver takes each file that a layout gives to a hypervisor, as it was written.
class GuestLayoutTest {
    private static final PciId ALDER_LAKE = PciId.intel(0x46a6);
    private static final int MEMORY_MIB = 1024;
    private static final int SECONDS = 900;

    @TempDir Path directory = Path.of("");

    @Test
    void driver_takes_the_files_of_a_layout() throws IOException {
        Image region = Roms.hostOpRegion("ALDERLAKE-P");
        GuestLayout layout =
                (GuestLayout)
                        LayoutPlanner.plan(
                                new LayoutRequest(
                                        ALDER_LAKE,
                                        GuestMachine.Q35,
                                        MEMORY_MIB,
                                        0x2c00_0000L,
                                        64L << 20,
                                        region),
                                null);
        assertThat(layout.identical()).isTrue();
        TestMachine machine =
                Roms.machine(
                                TestRequest.of(Roms.of(ALDER_LAKE, RomData.NONE))
                                        .withHost(
                                                new TestRequest.Host(
                                                        IgdHost.Registers.EMULATED,
                                                        false,
                                                        Optional.of(0x2c00_0000L))))
                        .toBuilder()
                        .memory(MEMORY_MIB)
                        .files(
                                file(layout, "etc/igd-opregion"),
                                file(layout, "etc/igd-bdsm-size").u64(0),
                                file(layout, "etc/igd-stolen-base").u64(0))
                        .build();
        Outcome outcome = Bench.run(machine, Emulators.any(), SECONDS, Scratch.createIn(directory));
        assertThat(outcome.verdict().checks()).allMatch(Check::ok);
        assertThat(outcome.verdict().checks())
                .extracting(Check::evidence)
                .anyMatch(text -> text.contains("0x2c000000"));
        assertThat(layout.map().entries())
                .contains(E820Entry.of(0x2c00_0000L, 64L << 20, E820Entry.Type.RESERVED));
    }

    private static Image file(GuestLayout layout, String name) {
        return layout.files().stream()
                .filter(file -> file.name().equals(name))
                .map(GuestLayout.FwCfgFile::content)
                .findFirst()
                .orElseThrow();
    }
}
