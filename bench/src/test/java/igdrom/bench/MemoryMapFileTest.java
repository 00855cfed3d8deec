package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.setup.Qemu;
import igdrom.bench.witness.MemoryMap;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.RomData;
import igdrom.formats.e820.E820Entry;
import igdrom.formats.e820.E820Map;
import igdrom.formats.pci.PciId;
import igdrom.plan.GuestMachine;
import igdrom.plan.vm.GuestLayout;
import igdrom.plan.vm.LayoutPlanner;
import igdrom.plan.vm.LayoutRequest;
import igdrom.virtualigd.IgdHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The file `etc/e820` of a layout, beside the one that QEMU makes and in front of real firmware.
class MemoryMapFileTest {
    private static final PciId ALDER_LAKE = PciId.intel(0x46a6);
    private static final long STOLEN = 0x2c00_0000L;
    private static final long STOLEN_SIZE = 64L << 20;
    private static final int SECONDS = 900;

    @TempDir Path directory = Path.of("");

    /// Firmware and its guest see the same bytes but for the ranges of the GPU.
    @ParameterizedTest
    @CsvSource({
        "pc, 1024",
        "pc, 3072",
        "pc, 8192",
        "q35, 1024",
        "q35, 2048",
        "q35, 3072",
        "q35, 8192"
    })
    void table_without_the_ranges_of_the_gpu_has_the_bytes_of_the_file_that_qemu_makes(
            String machine, int memoryMiB) throws IOException {
        try (FwCfgReader qemu = FwCfgReader.of(Emulators.any(), machine, memoryMiB)) {
            Image made = qemu.file("etc/e820");
            GuestMachine guest = machine.equals("pc") ? GuestMachine.PC : GuestMachine.Q35;
            GuestLayout layout = layout(guest, memoryMiB);
            assertThat(filled(layout.map()).image()).isEqualTo(made);
            assertThat(E820Map.read(layout.map().image(), Location.root("e820")))
                    .isEqualTo(layout.map());
        }
    }

    /// OVMF of 2025 and before gives the reserved range to anybody who asks for it.
    @Test
    void older_firmware_leaves_the_range_free_and_the_driver_allocates_it() throws IOException {
        Outcome outcome = boot(Emulators.any());
        assertThat(outcome.driverLines())
                .contains("igdrom: stolen: allocated there 0x2c000000 0x4000000");
        assertThat(hasMemoryAbove(outcome)).isTrue();
    }

    @Test
    void newer_firmware_sets_the_range_aside_and_has_the_memory_above_it_too() throws IOException {
        Outcome outcome = boot(new Emulator(Emulators.any().qemu(), Emulators.builds().plain()));
        assertThat(outcome.driverLines())
                .contains("igdrom: stolen: set aside 0x2c000000 0x4000000");
        assertThat(hasMemoryAbove(outcome)).isTrue();
    }

    /// Boots a guest whose hypervisor has our table in place of its own.
    private Outcome boot(Emulator emulator) throws IOException {
        Path table = directory.resolve("e820");
        Files.write(table, layout(GuestMachine.Q35, 1024).map().image().toByteArray());
        Emulator with = new Emulator(withTable(emulator.qemu(), table), emulator.firmware());
        Outcome outcome = Bench.run(machine(), with, SECONDS, Scratch.createIn(directory));
        assertThat(outcome.verdict().checks()).allMatch(Check::ok);
        return outcome;
    }

    /// Whether the firmware uses low memory after the stolen memory.
    private static boolean hasMemoryAbove(Outcome outcome) {
        return outcome.seen().looks().getFirst().witness().memory().ranges().stream()
                .anyMatch(range ->
                        range.type() == MemoryMap.CONVENTIONAL
                                && range.start() >= STOLEN + STOLEN_SIZE
                                && range.end() <= 1L << 30);
    }

    private static TestMachine machine() {
        return Roms.machine(
                        TestRequest.of(Roms.of(ALDER_LAKE, RomData.NONE))
                                .withHost(
                                        new TestRequest.Host(
                                                IgdHost.Registers.EMULATED,
                                                false,
                                                Optional.of(STOLEN))))
                .toBuilder()
                .memory(1024)
                .files(Roms.hostOpRegion("ALDERLAKE-P"), STOLEN_SIZE, STOLEN)
                .build();
    }

    private static GuestLayout layout(GuestMachine machine, int memoryMiB) {
        return (GuestLayout)
                LayoutPlanner.plan(
                        new LayoutRequest(
                                ALDER_LAKE,
                                machine,
                                memoryMiB,
                                STOLEN,
                                STOLEN_SIZE,
                                Roms.hostOpRegion("ALDERLAKE-P")),
                        null);
    }

    /// The same map, with the GPU's ranges turned into RAM.
    private static E820Map filled(E820Map map) {
        List<E820Entry> entries = new ArrayList<>();
        for (E820Entry entry : map.entries()) {
            E820Entry before = entries.isEmpty() ? null : entries.getLast();
            if (before != null && before.base() + before.size() == entry.base()) {
                entries.removeLast();
                long size = before.size() + entry.size();
                entries.add(E820Entry.of(before.base(), size, E820Entry.Type.RAM));
            } else {
                entries.add(entry);
            }
        }
        return new E820Map(entries);
    }

    /// A QEMU that takes a file `etc/e820`. It refuses a second one of that name, so that a copy of
    /// its program gets another name for its own.
    private Qemu withTable(Qemu qemu, Path table) throws IOException {
        List<String> command = new ArrayList<>(qemu.command());
        int at = 0;
        while (!command.get(at).endsWith("/qemu-system-x86_64")) {
            at++;
            assumeTrue(at < command.size(), "QEMU's program is not known");
        }
        Image program = Image.of(Files.readAllBytes(Path.of(command.get(at))));
        Image name = Image.ofHex("006574632f6538323000");
        long found = program.indexOf(name, 0);
        assertThat(found).isPositive();
        assertThat(program.indexOf(name, found + 1)).isNegative();
        byte[] changed = program.toByteArray();
        changed[(int) found + 8] = 'x';
        Path copy = directory.resolve("qemu-system-x86_64");
        Files.write(copy, changed);
        assertThat(copy.toFile().setExecutable(true)).isTrue();
        command.set(at, copy.toString());
        command.addAll(List.of("-fw_cfg", "name=etc/e820,file=" + table));
        return new Qemu(qemu.version(), command, qemu.environment(), qemu.tree(), qemu.origin());
    }
}
