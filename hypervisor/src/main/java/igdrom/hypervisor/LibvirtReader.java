package igdrom.hypervisor;

import igdrom.hypervisor.CommandWords.Word;
import igdrom.plan.vm.GuestDevice;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.SlotAddress;
import igdrom.plan.vm.VfioProperty;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads definitions of libvirt: what concerns an IGD in them.
final class LibvirtReader {
    private static final long MIB_IN_KIB = 1024;

    private final VmBuilder vm;
    private final XmlElement domain;

    private LibvirtReader(String name, XmlElement domain) {
        this.vm = new VmBuilder(Hypervisor.LIBVIRT, name);
        this.domain = domain;
    }

    static ReadVm read(String name, String text) {
        XmlElement root = XmlText.read(name, text);
        if (!root.name().equals("domain")) {
            throw new MalformedVmException(
                    name, root.line(), "is <" + root.name() + ">, not a <domain>");
        }
        LibvirtReader reader = new LibvirtReader(name, root);
        reader.read();
        return reader.vm.build();
    }

    private void read() {
        domain.at("os/type").ifPresent(type -> vm.machine(type.get("machine"), type.line()));
        domain.child("name").ifPresent(name -> vm.guestName(name.text()));
        firmware();
        memory();
        domain.child("cpu")
                .ifPresent(cpu -> {
                    vm.processor(cpu.line());
                    cpu.child("maxphysaddr").ifPresent(this::addressBits);
                });
        domain.child("devices").ifPresent(this::devices);
        for (XmlElement device : domain.tree()) {
            if (device.name().equals("qemu:device")) {
                overrides(device);
            }
        }
        domain.child("qemu:commandline").ifPresent(this::arguments);
    }

    private void firmware() {
        Optional<XmlElement> os = domain.child("os");
        if (os.isEmpty()) {
            return;
        }
        Optional<XmlElement> loader = os.get().child("loader");
        boolean uefi =
                os.get().get("firmware").equals("efi")
                        || loader.map(each -> each.get("type").equals("pflash")).orElse(false);
        boolean secure = loader.map(each -> each.get("secure").equals("yes")).orElse(false);
        for (XmlElement feature : os.get().tree()) {
            secure |=
                    feature.name().equals("feature")
                            && feature.get("name").equals("secure-boot")
                            && feature.get("enabled").equals("yes");
        }
        vm.firmware(uefi ? GuestFirmware.UEFI : GuestFirmware.SEABIOS, secure, os.get().line());
    }

    private void memory() {
        Optional<XmlElement> memory = domain.child("memory");
        if (memory.isEmpty() || !memory.get().text().matches("\\d{1,12}")) {
            return;
        }
        long number = Long.parseLong(memory.get().text());
        String unit = memory.get().get("unit");
        long kib =
                switch (unit.isEmpty() ? "KiB" : unit) {
                    case "b", "bytes" -> number / MIB_IN_KIB;
                    case "KiB", "k" -> number;
                    case "MiB", "M" -> number * MIB_IN_KIB;
                    case "GiB", "G" -> number * MIB_IN_KIB * MIB_IN_KIB;
                    default -> 0;
                };
        if (kib > 0 && kib / MIB_IN_KIB <= Integer.MAX_VALUE) {
            vm.memory((int) (kib / MIB_IN_KIB), memory.get().line());
        }
    }

    private void addressBits(XmlElement width) {
        String bits = width.get("limit").isEmpty() ? width.get("bits") : width.get("limit");
        if (bits.matches("\\d{1,3}")) {
            vm.addressBits(Integer.parseInt(bits), width.line());
        }
    }

    private void devices(XmlElement devices) {
        boolean display = false;
        int line = 0;
        for (XmlElement video : devices.all("video")) {
            boolean is =
                    video.child("model")
                            .map(model -> !model.get("type").equals("none"))
                            .orElse(true);
            // libvirt moves the display out of the way unless its address is written out.
            boolean fixed =
                    video.child("address")
                            .flatMap(LibvirtReader::slot)
                            .map(SlotAddress.IGD::equals)
                            .orElse(false);
            display |= is && fixed;
            line = video.line();
        }
        vm.display(display, line);
        for (XmlElement device : devices.children()) {
            if (device.name().equals("hostdev") && device.get("type").equals("pci")) {
                hostdev(device);
            } else if (!device.name().equals("video")) {
                other(device, null);
            }
        }
    }

    private void hostdev(XmlElement device) {
        String host = device.at("source/address").map(LibvirtReader::hostAddress).orElse("");
        if (vm.hasIgd() || !QemuReader.isIgd(host)) {
            other(device, host);
            return;
        }
        vm.igd(host, device.line());
        device.child("address")
                .ifPresent(address -> {
                    slot(address).ifPresent(slot -> vm.address(slot, address.line()));
                    if (number(address.get("bus")) != 0) {
                        vm.bus("bus " + address.get("bus"), address.line());
                    }
                });
        device.child("rom").ifPresent(rom -> vm.romFile(rom.get("file"), rom.line()));
    }

    private void other(XmlElement device, @Nullable String host) {
        Optional<XmlElement> address = device.child("address");
        Optional<SlotAddress> slot = address.flatMap(LibvirtReader::slot);
        if (host == null && slot.isEmpty()) {
            return;
        }
        boolean root = address.map(each -> number(each.get("bus")) == 0).orElse(false);
        String model = device.get("model").isEmpty() ? "" : " " + device.get("model");
        vm.other(
                new GuestDevice(
                        device.name() + model,
                        host,
                        root ? "pci.0" : "another bus",
                        slot.orElse(null)),
                address.map(XmlElement::line).orElse(device.line()));
    }

    /// Where a device is, empty when it is on another bus, or libvirt chooses.
    static Optional<SlotAddress> slotOnBus0(XmlElement device) {
        return device.child("address")
                .filter(address -> number(address.get("bus")) == 0)
                .flatMap(LibvirtReader::slot);
    }

    static String hostAddress(XmlElement address) {
        return "%04x:%02x:%02x.%x"
                .formatted(
                        number(address.get("domain")),
                        number(address.get("bus")),
                        number(address.get("slot")),
                        number(address.get("function")));
    }

    private static Optional<SlotAddress> slot(XmlElement address) {
        int slot = number(address.get("slot"));
        int function = number(address.get("function"));
        boolean pci = address.get("type").equals("pci") && !address.get("slot").isEmpty();
        return pci && slot <= 0x1f && function <= 7
                ? Optional.of(new SlotAddress(slot, function))
                : Optional.empty();
    }

    /// `0x02` or `2`; 0 for anything else.
    private static int number(String text) {
        try {
            return text.startsWith("0x")
                    ? HexFormat.fromHexDigits(text, 2, text.length())
                    : text.isEmpty() ? 0 : Math.max(0, Integer.parseInt(text));
        } catch (IllegalArgumentException _) {
            return 0;
        }
    }

    private void overrides(XmlElement device) {
        for (XmlElement property : device.tree()) {
            if (!property.name().equals("qemu:property")) {
                continue;
            }
            String name = property.get("name");
            String value = property.get("value");
            String type = property.get("type");
            Optional<VfioProperty> known = VfioProperty.named(name);
            if (known.isPresent() && !type.equals(wanted(known.get()))) {
                vm.error(
                        name,
                        property.line(),
                        "has type '%s' here, and QEMU wants a %s"
                                .formatted(type, wanted(known.get())),
                        "Invalid parameter type for '%s', expected: %s"
                                .formatted(name, said(known.get())),
                        "write type='" + wanted(known.get()) + "'");
            }
            String option =
                    type.equals("bool")
                            ? value.toLowerCase(Locale.ROOT).equals("true") ? "on" : "off"
                            : value;
            vm.option(name, option, property.line());
        }
    }

    private static String wanted(VfioProperty property) {
        return switch (property.type()) {
            case BOOLEAN -> "bool";
            case NUMBER -> "unsigned";
            case ON_OFF_AUTO, TEXT -> "string";
        };
    }

    private static String said(VfioProperty property) {
        return switch (property.type()) {
            case BOOLEAN -> "boolean";
            case NUMBER -> "uint64";
            case ON_OFF_AUTO, TEXT -> "string";
        };
    }

    private void arguments(XmlElement commandLine) {
        List<Word> words = new ArrayList<>();
        for (XmlElement argument : commandLine.all("qemu:arg")) {
            words.add(new Word(argument.get("value"), argument.line()));
            if (argument.get("value").startsWith("device.")) {
                vm.error(
                        "qemu:arg",
                        argument.line(),
                        "-set changes no device: libvirt writes devices in JSON",
                        "there is no device \"...\" defined",
                        "use qemu:override, or -global vfio-pci....");
            }
        }
        QemuReader.readInto(vm, "hostdev0", words);
    }
}
