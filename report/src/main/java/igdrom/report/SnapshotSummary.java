package igdrom.report;

import igdrom.host.BootFirmware;
import igdrom.host.Connector;
import igdrom.host.DeviceRomImage;
import igdrom.host.Fact;
import igdrom.host.FirmwareImage;
import igdrom.host.FramebufferHolder;
import igdrom.host.Graphics;
import igdrom.host.Hypervisors;
import igdrom.host.Iommu;
import igdrom.host.IommuGroup;
import igdrom.host.RemappingUnit;
import igdrom.host.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The facts of a snapshot that a person looks for first, in words.
final class SnapshotSummary {
    private static final int MIB_SHIFT = 20;

    private final Snapshot host;
    private final List<SnapshotReport.Line> lines = new ArrayList<>();

    private SnapshotSummary(Snapshot host) {
        this.host = host;
    }

    static List<SnapshotReport.Line> of(Snapshot host) {
        SnapshotSummary summary = new SnapshotSummary(host);
        summary.machine();
        summary.system();
        summary.firmware();
        summary.graphics();
        summary.iommu();
        summary.hypervisors();
        return List.copyOf(summary.lines);
    }

    private void machine() {
        BootFirmware firmware = host.firmware();
        List<String> parts = new ArrayList<>();
        add(parts, "%s", firmware.vendor());
        add(parts, "%s", firmware.product());
        add(parts, "%s", host.machine().processor());
        line("machine", parts);
    }

    private void system() {
        List<String> parts = new ArrayList<>();
        add(parts, "%s", host.machine().distributionName());
        add(parts, "kernel %s", host.kernel().release());
        flag(parts, host.machine().virtual(), "in a virtual machine", "");
        flag(parts, host.machine().container(), "in a container", "");
        line("system", parts);
    }

    private void firmware() {
        BootFirmware firmware = host.firmware();
        List<String> parts = new ArrayList<>();
        add(parts, "version %s", firmware.version());
        flag(parts, firmware.uefi(), "started by UEFI", "started by a legacy BIOS");
        if (firmware.uefi().value().orElse(false)) {
            flag(parts, firmware.secureBoot(), "Secure Boot on", "Secure Boot off");
        }
        Optional<FirmwareImage> image = host.image().value();
        if (image.isPresent()) {
            parts.add(
                    "its image has %s, %s and %s"
                            .formatted(
                                    counted(image.get().gops().size(), "GOP", "GOPs"),
                                    counted(image.get().vbts().size(), "VBT", "VBTs"),
                                    counted(
                                            image.get().vgaBioses().size(),
                                            "VGA BIOS",
                                            "VGA BIOSes")));
        }
        line("firmware", parts);
    }

    private void graphics() {
        Graphics graphics = host.graphics();
        List<String> parts = new ArrayList<>();
        Fact<Optional<String>> driver = host.igd().use().driver();
        if (driver.value().isPresent()) {
            parts.add(driver.value().get().map(name -> "driver " + name).orElse("no driver"));
        }
        List<FramebufferHolder> holders = graphics.holders().value().orElse(List.of());
        if (!holders.isEmpty()) {
            parts.add("held by " + holders.getFirst().name());
        }
        if (graphics.opRegion().value().isPresent()) {
            parts.add("OpRegion");
        }
        if (graphics.vbt().value().isPresent()) {
            parts.add("VBT");
        }
        if (graphics.stolenMemory().value().isPresent()) {
            long size = graphics.stolenMemory().value().get().size();
            parts.add("%d MiB of stolen memory".formatted(size >> MIB_SHIFT));
        }
        for (Connector connector : graphics.connectors().value().orElse(List.of())) {
            if (connector.connected()) {
                parts.add("a monitor at " + connector.name());
            }
        }
        Optional<List<DeviceRomImage>> rom = graphics.rom().value();
        if (rom.isPresent()) {
            parts.add(counted(rom.get().size(), "image", "images") + " in its ROM");
        }
        line("graphics", parts);
    }

    private void iommu() {
        Iommu iommu = host.iommu();
        List<String> parts = new ArrayList<>();
        Optional<List<RemappingUnit>> units = iommu.units().value();
        if (units.isPresent()) {
            parts.add(
                    units.get().isEmpty()
                            ? "off"
                            : "on, %s".formatted(counted(units.get().size(), "unit", "units")));
        }
        Optional<Integer> number = host.igd().use().iommuGroup().value().flatMap(group -> group);
        for (IommuGroup group : iommu.groups().value().orElse(List.of())) {
            if (number.isPresent() && group.number() == number.get()) {
                int others = group.functions().size() - 1;
                parts.add(
                        "the graphics are in group %d, %s"
                                .formatted(
                                        group.number(),
                                        others == 0 ? "alone" : "with %d more".formatted(others)));
            }
        }
        line("IOMMU", parts);
    }

    private void hypervisors() {
        Hypervisors versions = host.hypervisors();
        List<String> parts = new ArrayList<>();
        version(parts, "QEMU", versions.qemu());
        version(parts, "libvirt", versions.libvirt());
        version(parts, "Proxmox VE", versions.proxmox());
        line("hypervisors", parts);
    }

    private static void version(List<String> parts, String name, Fact<Optional<String>> version) {
        version.value().flatMap(known -> known).ifPresent(known -> parts.add(name + " " + known));
    }

    private static void add(List<String> parts, String format, Fact<String> fact) {
        fact.value().ifPresent(known -> parts.add(format.formatted(known)));
    }

    private static void flag(List<String> parts, Fact<Boolean> fact, String yes, String no) {
        String text = fact.value().map(known -> known ? yes : no).orElse("");
        if (!text.isEmpty()) {
            parts.add(text);
        }
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private void line(String subject, List<String> parts) {
        if (!parts.isEmpty()) {
            lines.add(new SnapshotReport.Line(subject, String.join(", ", parts)));
        }
    }
}
