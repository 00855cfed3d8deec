package igdrom.host.linux;

import igdrom.bytes.Image;
import igdrom.formats.vbt.PanelSerials;
import igdrom.host.Connector;
import igdrom.host.DeviceRomImage;
import igdrom.host.Fact;
import igdrom.host.FramebufferHolder;
import igdrom.host.Graphics;
import igdrom.host.PciFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the host knows about the display of its IGD.
///
/// Source: Linux, Documentation/ABI/testing/sysfs-class-drm; drivers/firmware/sysfb.c, which makes
/// the framebuffer's device a child of the PCI function.
///
/// @param igd the graphics
record GraphicsFiles(HostRoot root, PciFunction igd) {
    /// Source: Linux, drivers/firmware/sysfb.c.
    private static final List<String> FRAMEBUFFERS =
            List.of(
                    "efi-framebuffer.",
                    "simple-framebuffer.",
                    "vesa-framebuffer.",
                    "vga-framebuffer.");

    private static final String LIST = "/proc/fb";

    /// Source: Linux, drivers/video/fbdev/efifb.c, vesafb.c, simplefb.c; drivers/gpu/drm/sysfb.
    private static final Set<String> FIRMWARE_NAMES =
            Set.of(
                    "EFI VGA",
                    "VESA VGA",
                    "simple",
                    "simpledrmdrmfb",
                    "efidrmdrmfb",
                    "vesadrmdrmfb");

    /// @param rom the images in the device's ROM
    Graphics graphics(Fact<List<DeviceRomImage>> rom) {
        DisplayDebugFiles debugFiles = new DisplayDebugFiles(root, igd.address());
        Iomem iomem = new Iomem(root);
        return new Graphics(
                opRegion(debugFiles).map(PanelSerials::removed),
                debugFiles.vbt().map(PanelSerials::removed),
                iomem.stolenMemory(),
                holders(iomem),
                connectors(),
                new DeviceUsers(root, igd).users(),
                rom);
    }

    /// As a driver shows it, else as it is in memory.
    private Fact<Image> opRegion(DisplayDebugFiles debugFiles) {
        Fact<Image> shown = debugFiles.opRegion();
        return switch (shown) {
            case Fact.Known<Image> known -> known;
            case Fact.Unknown<Image> unknown -> {
                Fact<Image> inMemory = new PhysicalMemory(root).opRegion(igd.config(), unknown);
                inMemory.value().ifPresent(this::copyOpRegion);
                yield inMemory;
            }
        };
    }

    /// A copy of the files has no physical memory.
    private void copyOpRegion(Image image) {
        root.copy()
                .file(
                        DisplayDebugFiles.DIRECTORY + "/0/" + DisplayDebugFiles.OPREGION,
                        PanelSerials.removed(image));
    }

    /// Holders of memory, and devices of the framebuffer below the function. The list of
    /// framebuffers, which names no function, counts only where the map of memory is not readable.
    private Fact<List<FramebufferHolder>> holders(Iomem iomem) {
        if (igd.id() instanceof Fact.Unknown<?>(String source, String reason)) {
            return new Fact.Unknown<>(source, reason);
        }
        String driver = igd.use().driver().value().flatMap(name -> name).orElse("");
        Fact<List<FramebufferHolder>> inMemory = iomem.holders(igd.address(), driver);
        List<FramebufferHolder> all = new ArrayList<>(inMemory.value().orElse(List.of()));
        String directory = PciDevices.directory(igd.address());
        for (String name : root.namesIn(directory)) {
            if (FRAMEBUFFERS.stream().anyMatch(name::startsWith)) {
                all.add(new FramebufferHolder(name, directory + "/" + name));
                boolean _ = root.exists(directory + "/" + name);
            }
        }
        if (inMemory.value().isEmpty() && igd.use().bootVga().value().orElse(false)) {
            all.addAll(parseFramebuffers(root.text(LIST).value().orElse("")));
        }
        return inMemory.value().isPresent() || all.isEmpty()
                ? inMemory.map(_ -> List.copyOf(all))
                : new Fact.Known<>(List.copyOf(all), all.getFirst().source());
    }

    /// The firmware's framebuffers in lines such as `0 EFI VGA`.
    static List<FramebufferHolder> parseFramebuffers(String text) {
        List<FramebufferHolder> holders = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            int blank = line.indexOf(' ');
            String name = line.substring(blank + 1).strip();
            if (FIRMWARE_NAMES.contains(name)) {
                holders.add(new FramebufferHolder(name, LIST));
            }
        }
        return holders;
    }

    /// The directory `drm` has `card0`, and that has `card0-HDMI-A-1`.
    private Fact<List<Connector>> connectors() {
        if (igd.id() instanceof Fact.Unknown<?>(String source, String reason)) {
            return new Fact.Unknown<>(source, reason);
        }
        String directory = PciDevices.directory(igd.address()) + "/drm";
        List<Connector> connectors = new ArrayList<>();
        for (String card : root.namesIn(directory)) {
            if (!card.startsWith("card")) {
                continue;
            }
            for (String name : root.namesIn(directory + "/" + card)) {
                String path = directory + "/" + card + "/" + name;
                Fact<String> status =
                        name.startsWith(card + "-")
                                ? root.text(path + "/status")
                                : new Fact.Unknown<>(path, "is not a connector");
                if (status.value().isPresent()) {
                    connectors.add(
                            new Connector(
                                    name.substring(card.length() + 1),
                                    status.value().get().equals("connected"),
                                    root.bytes(path + "/edid", Edid.SIZE, Edid::withoutSerials)));
                }
            }
        }
        return new Fact.Known<>(List.copyOf(connectors), directory);
    }
}
