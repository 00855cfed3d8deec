package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.HostStacks.Board;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bytes.Location;
import igdrom.driver.RomData;
import igdrom.formats.oprom.RomBuilder;
import igdrom.rom.RomParts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Drivers that fail in a guest of the bench fail at the same check in a guest of a whole host.
class HostStackFalseDriversTest {
    private static final Board BOARD = Board.COFFEE_LAKE;

    @TempDir Path directory = Path.of("");

    @Test
    void opregion_one_byte_after_a_page_fails() throws Exception {
        fails("an OpRegion and ASLS one byte after a page");
    }

    @Test
    void lock_bit_in_bdsm_fails() throws Exception {
        fails("all flag bits of BDSM set, the lock among them");
    }

    @Test
    void stolen_memory_that_is_freed_before_exit_boot_services_fails() throws Exception {
        fails("memory that is freed before ExitBootServices");
    }

    private void fails(String fault) throws Exception {
        HostStacks.onlyWithAll();
        assumeTrue(FalseDriverBuild.isPossible(), "the driver's compiler is not unpacked");
        FalseDriver wanted =
                FalseDrivers.all().stream()
                        .filter(one -> one.fault().equals(fault))
                        .findFirst()
                        .orElseThrow();
        RomParts parts =
                new RomParts(
                        BOARD.id(),
                        RomBuilder.VGA,
                        List.of(),
                        FalseDriverBuild.in(directory).build(wanted, 0).with(RomData.NONE),
                        Optional.empty(),
                        /* compressed= */ false);
        RomContents rom = RomContents.read(parts.image(), Location.root("igd.rom"));
        TestMachine machine = BOARD.machine(rom, MachineType.Q35);
        Outcome outcome = HostStacks.run(machine, HostStacks.fastest(), directory.resolve("run"));
        List<String> failed =
                outcome.verdict().checks().stream()
                        .filter(check -> !check.ok())
                        .map(Check::id)
                        .toList();
        assertThat(failed)
                .as(outcome.verdict().checks().toString())
                .contains(wanted.check())
                .doesNotContain("boot")
                .noneMatch(id -> id.startsWith("host."));
    }
}
