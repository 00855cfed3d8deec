package igdrom.hypervisor;

import igdrom.plan.GuestMachine;
import igdrom.plan.PlanMessage.Severity;
import igdrom.plan.vm.AddressWidth;
import igdrom.plan.vm.GuestDevice;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.GuestSystem;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.IgdDevice;
import igdrom.plan.vm.SlotAddress;
import igdrom.plan.vm.Versions;
import igdrom.plan.vm.VfioProperty;
import igdrom.plan.vm.VmDefinition;
import igdrom.plan.vm.VmProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts a definition together while its file is read.
final class VmBuilder {
    private final Hypervisor hypervisor;
    private final String name;
    private final Map<String, Integer> lines = new TreeMap<>();
    private final List<VmProblem> problems = new ArrayList<>();
    private final List<GuestDevice> others = new ArrayList<>();
    private final SequencedMap<String, String> options = new LinkedHashMap<>();
    private @Nullable GuestMachine machine;
    private @Nullable GuestFirmware firmware;
    private boolean secureBoot;
    private @Nullable Integer memoryMiB;
    private @Nullable Integer addressBits;
    private @Nullable String host;
    private @Nullable String bus;
    private @Nullable SlotAddress address;
    private @Nullable String romFile;
    private boolean display;
    private String guestName = "";
    private boolean lowBars;
    private @Nullable GuestSystem guest;
    private Versions versions = Versions.UNKNOWN;

    VmBuilder(Hypervisor hypervisor, String name) {
        this.hypervisor = hypervisor;
        this.name = name;
    }

    private void at(String subject, int line) {
        lines.put(subject, line);
    }

    /// A type of machine as QEMU spells it: `pc`, `pc-q35-9.2`, `q35`.
    void machine(String type, int line) {
        at(VmProblem.MACHINE, line);
        if (type.equals("q35") || type.startsWith("pc-q35")) {
            machine = GuestMachine.Q35;
        } else if (type.equals("pc") || type.startsWith("pc-i440fx")) {
            machine = GuestMachine.PC;
        }
    }

    void bhyve() {
        machine = GuestMachine.BHYVE;
        firmware = GuestFirmware.UEFI;
    }

    void firmware(GuestFirmware booted, boolean secure, int line) {
        at(VmProblem.FIRMWARE, line);
        firmware = booted;
        secureBoot |= secure;
    }

    void memory(int mebibytes, int line) {
        at(VmProblem.MEMORY, line);
        memoryMiB = mebibytes;
    }

    void addressBits(int bits, int line) {
        at(VmProblem.PROCESSOR, line);
        addressBits = bits;
    }

    void processor(int line) {
        lines.putIfAbsent(VmProblem.PROCESSOR, line);
    }

    void display(boolean emulated, int line) {
        at(VmProblem.DISPLAY, line);
        display = emulated;
    }

    void lowBars() {
        lowBars = true;
    }

    void guest(GuestSystem system) {
        guest = system;
    }

    void versions(Versions known) {
        versions = known;
    }

    void igd(String address, int line) {
        host = address;
        at(VmProblem.IGD, line);
        lines.putIfAbsent(VmProblem.ADDRESS, line);
        lines.putIfAbsent(VmProblem.ROM, line);
    }

    boolean hasIgd() {
        return host != null;
    }

    void bus(String on, int line) {
        at(VmProblem.ADDRESS, line);
        bus = on;
    }

    void address(SlotAddress slot, int line) {
        at(VmProblem.ADDRESS, line);
        address = slot;
    }

    void romFile(String file, int line) {
        at(VmProblem.ROM, line);
        romFile = file.isEmpty() ? null : file;
    }

    void option(String option, String value, int line) {
        at(option, line);
        options.put(option, value);
    }

    void other(GuestDevice device, int line) {
        others.add(device);
        at(VmProblem.device(device.name()), line);
    }

    void guestName(String given) {
        guestName = given;
    }

    boolean isOn(String option) {
        return VfioProperty.isOn(options.getOrDefault(option, "off"));
    }

    /// An error that the hypervisor reports about the text.
    void error(String subject, int line, String text, String says, String fix) {
        lines.putIfAbsent(subject, line);
        problems.add(new VmProblem(Severity.ERROR, subject, text, says, fix));
    }

    /// A property of the IGD, whichever it is.
    void property(String key, String value, int line) {
        switch (key) {
            case "host", "id", "driver", "rombar", "multifunction" -> {
                // Not decisions of ours.
            }
            case "bus" -> bus(value, line);
            case "addr" -> SlotAddress.ofQemu(value).ifPresent(slot -> address(slot, line));
            case "romfile" -> romFile(value, line);
            default -> option(key, value, line);
        }
    }

    ReadVm build() {
        IgdDevice igd = host == null ? null : new IgdDevice(host, bus, address, options, romFile);
        return new ReadVm(
                name,
                new VmDefinition(
                        hypervisor,
                        versions,
                        machine,
                        firmware,
                        secureBoot,
                        memoryMiB,
                        addressBits == null
                                ? null
                                : new AddressWidth(addressBits, "the definition says so"),
                        igd,
                        others,
                        display,
                        lowBars,
                        guest),
                guestName,
                problems,
                lines);
    }

    /// The whole address of a function on the host: `02:00.0` is on domain 0.
    static String fullAddress(String text) {
        String whole = text.indexOf(':') == text.lastIndexOf(':') ? "0000:" + text : text;
        return whole.contains(".") ? whole : whole + ".0";
    }
}
