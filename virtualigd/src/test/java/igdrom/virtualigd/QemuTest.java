package igdrom.virtualigd;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.virtualigd.QemuMachine.Igd;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The device and its server, tested against QEMU as the client.
class QemuTest {
    @TempDir Path directory = Path.of("");

    @Test
    void firmware_finds_the_device_and_the_bridge_on_pc() throws Exception {
        try (QemuMachine machine = new QemuMachine(directory, "pc")) {
            Igd igd = machine.igd(IgdModel.of(PciId.of("8086:3e92")), null);
            LpcBridge bridge = machine.lpc(new LpcBridge(PciId.of("8086:a308"), 0x10));
            machine.start();
            boolean enabled = machine.await(() -> (igd.device().command() & 7) == 7);
            assertThat(enabled).as(machine.output() + igd.device().activity()).isTrue();
            assertThat(bridge.reads()).isPositive();
            assertThat(igd.server().lastFailure()).isEmpty();
            assertThat(igd.device().ggc()).isEqualTo(0x2c0);
            assertThat(machine.output()).isEmpty();
        }
    }

    @Test
    void guest_memory_is_accessed_by_messages() throws Exception {
        accessesMemory(false);
    }

    @Test
    void guest_memory_is_accessed_by_mapping() throws Exception {
        accessesMemory(true);
    }

    @Test
    void warm_reset_reaches_the_device_and_keeps_its_addresses() throws Exception {
        try (QemuMachine machine = new QemuMachine(directory, "q35")) {
            machine.add("-monitor", "stdio");
            Igd igd =
                    machine.igd(
                            IgdModel.of(PciId.of("8086:46a6")).withPresets(0x1000, 0x10_0000),
                            null);
            machine.start();
            assertThat(machine.await(() -> (igd.device().command() & 4) == 4)).isTrue();
            machine.monitor("system_reset", "system_reset");
            assertThat(machine.await(() -> igd.device().activity().resets() == 2)).isTrue();
            assertThat(igd.device().command()).isZero();
            assertThat(machine.await(() -> (igd.device().command() & 4) == 4)).isTrue();
            assertThat(igd.device().asls()).isEqualTo(0x1000);
            assertThat(igd.device().bdsm()).isEqualTo(0x10_0000);
            assertThat(igd.server().lastFailure()).isEmpty();
        }
    }

    @Test
    void device_outlives_a_machine() throws Exception {
        VirtualIgd device;
        try (QemuMachine machine = new QemuMachine(directory, "q35")) {
            Igd igd = machine.igd(IgdModel.of(PciId.of("8086:46a6")), null);
            device = igd.device();
            machine.start();
            assertThat(machine.await(() -> (device.command() & 4) == 4)).isTrue();
            machine.kill();
            for (int i = 0; i < 100 && igd.server().connection().isPresent(); i++) {
                Thread.sleep(50);
            }
            assertThat(igd.server().connection()).isEmpty();
            machine.start();
            assertThat(machine.await(() -> device.activity().resets() == 2)).isTrue();
            assertThat(machine.await(() -> (device.command() & 4) == 4)).isTrue();
        }
    }

    /// The monitor of QEMU shows that the data arrives at the right address.
    private void accessesMemory(boolean shared) throws Exception {
        try (QemuMachine machine = new QemuMachine(directory, "q35")) {
            if (shared) {
                machine.sharedMemory();
            }
            machine.add("-monitor", "stdio");
            Igd igd = machine.igd(IgdModel.of(PciId.of("8086:46a6")), null);
            machine.start();
            pauseWhileBusMaster(machine, igd);
            long address = 0x0800_0000;
            Image data = Image.ofHex("0102030405060708090a0b0c0d0e0f1011121314");
            igd.guest().write(address, data);
            assertThat(igd.guest().read(address, 20)).isEqualTo(data);
            assertThat(igd.guest().read(address + 4, 1)).isEqualTo(Image.ofHex("05"));
            machine.monitor("xp /5xw 0x8000000", "08000010: 0x14131211");
            assertThat(machine.output())
                    .contains("08000000: 0x04030201 0x08070605 0x0c0b0a09 0x100f0e0d");
            assertThat(igd.server().lastFailure()).isEmpty();
        }
    }

    /// Pauses the machine at a moment when its firmware lets the device access memory.
    ///
    /// The firmware enables and disables bus mastering several times while it starts, and the
    /// device sees each write before QEMU acts on it. Only a paused machine shows which holds.
    private static void pauseWhileBusMaster(QemuMachine machine, Igd igd) throws Exception {
        for (int pauses = 1; pauses <= 20; pauses++) {
            assertThat(machine.await(() -> (igd.device().command() & 4) == 4)).isTrue();
            // The monitor only echoes "stop" at first: the state comes with the next command.
            machine.monitor("stop", "stop");
            machine.monitor("info status", "VM status: paused", pauses);
            if ((igd.device().command() & 4) == 4) {
                return;
            }
            machine.monitor("cont", "cont");
        }
        throw new AssertionError("no pause with bus mastering: " + machine.output());
    }
}
