package igdrom.hypervisor;

import igdrom.hypervisor.CommandWords.Word;
import igdrom.plan.vm.GuestDevice;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.GuestSystem;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.SlotAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads configurations of Proxmox VE.
final class ProxmoxReader {
    private static final int DEFAULT_MEMORY_MIB = 512;
    private static final int HOST_DEVICES = 16;

    /// Where Proxmox VE puts host devices.
    private static final int FIRST_SLOT = 0x10;

    private static final Set<String> KEYS =
            Set.of(
                    "host",
                    "mapping",
                    "rombar",
                    "romfile",
                    "pcie",
                    "x-vga",
                    "legacy-igd",
                    "mdev",
                    "vendor-id",
                    "device-id",
                    "sub-vendor-id",
                    "sub-device-id");

    private final String name;
    private final ProxmoxFile file;
    private final VmBuilder vm;
    private boolean q35;
    private boolean keepsBridge;

    private ProxmoxReader(String name, ProxmoxFile file) {
        this.name = name;
        this.file = file;
        this.vm = new VmBuilder(Hypervisor.PROXMOX, name);
    }

    static ReadVm read(String name, String text) {
        ProxmoxReader reader = new ProxmoxReader(name, ProxmoxFile.of(name, text));
        reader.read();
        return reader.vm.build();
    }

    private void read() {
        String machine = value("machine", "pc");
        q35 = machine.contains("q35");
        vm.machine(machine.split(",", 2)[0], line("machine"));
        boolean uefi = value("bios", "seabios").equals("ovmf");
        vm.firmware(
                uefi ? GuestFirmware.UEFI : GuestFirmware.SEABIOS,
                value("efidisk0", "").contains("pre-enrolled-keys=1"),
                line("bios"));
        String memory = value("memory", Integer.toString(DEFAULT_MEMORY_MIB));
        if (memory.matches("\\d{1,8}")) {
            vm.memory(Integer.parseInt(memory), line("memory"));
        }
        vm.processor(line("cpu"));
        String bits = QemuReader.parts(value("cpu", "")).getOrDefault("phys-bits", "");
        if (bits.matches("\\d{1,3}")) {
            vm.addressBits(Integer.parseInt(bits), line("cpu"));
        }
        // On q35 the display is in slot 1.
        String display = value("vga", "std").split(",", 2)[0];
        vm.display(!display.equals("none") && !q35, line("vga"));
        if (value("ostype", "").startsWith("win")) {
            vm.guest(GuestSystem.WINDOWS);
        }
        for (int i = 0; i < HOST_DEVICES; i++) {
            hostDevice(i);
        }
        arguments();
    }

    private void hostDevice(int index) {
        String key = "hostpci" + index;
        if (file.find(key).isEmpty()) {
            return;
        }
        Map<String, String> parts = QemuReader.parts(value(key, ""));
        // The first part is the address, also without its key.
        String first = value(key, "").split(",", 2)[0];
        String host =
                VmBuilder.fullAddress(parts.getOrDefault("host", first.replaceFirst("^host=", "")));
        int line = line(key);
        boolean pcie = parts.getOrDefault("pcie", "0").equals("1");
        boolean legacy = parts.getOrDefault("legacy-igd", "0").equals("1");
        String bus = pcie ? "ich9-pcie-port-" + (index + 1) : "pci.0";
        SlotAddress slot =
                pcie
                        ? new SlotAddress(0, 0)
                        : legacy
                                ? SlotAddress.IGD
                                : new SlotAddress(Math.min(FIRST_SLOT + index, 0x1f), 0);
        if (vm.hasIgd() || !QemuReader.isIgd(host)) {
            vm.other(new GuestDevice(key, host, bus, slot), line);
            return;
        }
        vm.igd(host, line);
        vm.bus(bus, line);
        vm.address(slot, line);
        String rom = parts.getOrDefault("romfile", "");
        if (!rom.isEmpty()) {
            vm.romFile(Hypervisor.PROXMOX.romDirectory() + rom, line);
        }
        keepsBridge = !legacy && !q35;
        for (String option : List.of("device-id", "vendor-id", "sub-device-id", "sub-vendor-id")) {
            String value = parts.getOrDefault(option, "");
            if (!value.isEmpty()) {
                vm.option("x-pci-" + option, value, line);
            }
        }
        if (parts.getOrDefault("x-vga", "0").equals("1")) {
            vm.option("x-vga", "on", line);
        }
        checkKeys(key, parts, line);
        if (legacy) {
            checkLegacy(host, parts, line);
        }
    }

    /// Source: Proxmox VE 9, qemu-server, PVE/QemuServer/PCI.pm: the schema of `hostpci`.
    private void checkKeys(String key, Map<String, String> parts, int line) {
        for (String part : parts.keySet()) {
            if (!KEYS.contains(part) && !part.equals("driver") && !part.matches("[0-9a-f:.;]+")) {
                vm.error(
                        part,
                        line,
                        "Proxmox VE has no such key and drops the whole line",
                        "unable to parse value of '%s' - format error: %s: property is not defined"
                                        .formatted(key, part)
                                + " in schema",
                        "write it as \"args: -set device." + key + "." + part + "=...\"");
            }
        }
    }

    /// Source: Proxmox VE 9, qemu-server, PVE/QemuServer/PCI.pm.
    private void checkLegacy(String host, Map<String, String> parts, int line) {
        String start = "legacy IGD assignment ";
        if (q35) {
            legacyError(line, start + "is not compatible with q35", "remove legacy-igd=1");
        }
        if (!value("vga", "std").split(",", 2)[0].equals("none")) {
            legacyError(line, start + "requires VGA mode to be 'none'", "set vga: none");
        }
        if (parts.getOrDefault("x-vga", "0").equals("1")) {
            legacyError(line, start + "is not compatible with x-vga", "remove x-vga=1");
        }
        if (parts.getOrDefault("rombar", "1").equals("0")) {
            legacyError(line, start + "requires rombar to be enabled", "remove rombar=0");
        }
        if (!host.equals("0000:00:02.0")) {
            legacyError(
                    line,
                    start + "only works for devices on host bus 00:02.0",
                    "name 0000:00:02.0, or remove legacy-igd=1");
        }
    }

    private void legacyError(int line, String says, String fix) {
        vm.error("legacy-igd", line, "Proxmox VE refuses to start the VM", says, fix);
    }

    private void arguments() {
        int line = line("args");
        List<Word> words = new ArrayList<>();
        for (Word word : CommandWords.split(name, value("args", ""))) {
            words.add(new Word(word.text(), line));
        }
        QemuReader.readInto(vm, "hostpci0", words);
        if (keepsBridge && vm.isOn("x-igd-lpc")) {
            vm.error(
                    "legacy-igd",
                    line("hostpci0"),
                    "without legacy-igd=1 Proxmox VE keeps its bridge pci.2 at 00:1f.0, which"
                            + " x-igd-lpc needs",
                    "Cannot create LPC bridge due to existing device at 1f.0",
                    "add legacy-igd=1");
        }
    }

    private String value(String key, String otherwise) {
        return file.value(key).orElse(otherwise);
    }

    private int line(String key) {
        return file.find(key).map(index -> index + 1).orElse(0);
    }
}
