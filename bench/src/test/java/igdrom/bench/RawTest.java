package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.judge.Verdict.Check;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.virtualigd.IgdHost.Registers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our ROM on a host whose hypervisor emulates neither ASLS nor BDSM.
class RawTest {
    private static final PciId COFFEE_LAKE = PciId.intel(0x3e92);
    private static final PciId ALDER_LAKE = PciId.intel(0x46a6);
    private static final PciId METEOR_LAKE = PciId.intel(0x7d55);
    private static final int SECONDS = 900;

    /// The guest has memory where the host's OpRegion and stolen memory are.
    private static final int COVERING_MIB = 8192;

    @TempDir Path directory = Path.of("");

    @Test
    void locked_host_is_left_alone() throws IOException {
        leavesTheHostAlone(COFFEE_LAKE, Registers.LOCKED, Optional.empty());
    }

    @Test
    void unlocked_host_is_left_alone() throws IOException {
        leavesTheHostAlone(COFFEE_LAKE, Registers.UNLOCKED, Optional.empty());
    }

    @Test
    void locked_host_is_left_alone_by_a_guest_with_memory_at_its_addresses() throws IOException {
        leavesTheHostAlone(COFFEE_LAKE, Registers.LOCKED, Optional.of(COVERING_MIB));
    }

    @Test
    void host_without_bdsm_is_left_alone() throws IOException {
        leavesTheHostAlone(METEOR_LAKE, Registers.LOCKED, Optional.empty());
    }

    @Test
    void gop_gives_up_on_a_host_whose_registers_are_not_emulated() throws Exception {
        RomData data = Roms.embedding(Roms.opRegion("RAW"), false, 0);
        RomContents rom = Roms.withGop(ALDER_LAKE, EditedGopTest.alderLake(), data);
        Outcome outcome =
                Bench.run(
                        machine(rom, Registers.LOCKED),
                        Emulators.any(),
                        SECONDS,
                        Scratch.createIn(directory));
        assertThat(BenchTest.failed(outcome)).isEmpty();
        assertThat(outcome.verdict().checks())
                .contains(
                        new Check(
                                "policy.withheld",
                                true,
                                "no PlatformGopPolicy, so that a GOP gives up"),
                        new Check(
                                "host.pages",
                                true,
                                "the page table never pointed at memory of the host"),
                        new Check("gop.withheld", true, "the GOP gave up and draws nothing"),
                        new Check("exit", true, "ExitBootServices succeeds"));
        assertThat(outcome.activities().getFirst().pageTableWrites()).isZero();
    }

    private static TestMachine machine(RomContents rom, Registers registers) {
        return Roms.machine(
                TestRequest.of(rom)
                        .withHost(new TestRequest.Host(registers, false, Optional.empty())));
    }

    private void leavesTheHostAlone(PciId id, Registers registers, Optional<Integer> memory)
            throws IOException {
        RomData data = Roms.embedding(Roms.opRegion("RAW"), false, 0);
        TestMachine.Builder machine = machine(Roms.of(id, data), registers).toBuilder();
        memory.ifPresent(machine::memory);
        Outcome outcome =
                Bench.run(machine.build(), Emulators.any(), SECONDS, Scratch.createIn(directory));
        assertThat(BenchTest.failed(outcome)).isEmpty();
        assertThat(outcome.verdict().checks())
                .extracting(Check::id)
                .contains("host.asls", "host.pages", "exit", "exit.host.asls");
    }
}
