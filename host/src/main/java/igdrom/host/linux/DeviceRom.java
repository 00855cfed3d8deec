package igdrom.host.linux;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.oprom.OptionRom;
import igdrom.host.DeviceRomImage;
import igdrom.host.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The ROM of a PCI function, in its file `rom`.
///
/// Reading it needs root and touches the device: a 1 in the file lets the kernel decode the ROM
/// while it copies the bytes, a 0 ends that.
///
/// Source: Linux, drivers/pci/pci-sysfs.c, `pci_write_rom`, `pci_read_rom`; drivers/pci/rom.c.
///
/// @param address such as `0000:00:02.0`
record DeviceRom(HostRoot root, String address) {
    /// Spec: PCI Local Bus 3.0, 6.2.5.2: the largest ROM.
    private static final int MAX_SIZE = 16 << 20;

    /// The images, without their bytes, which are the vendor's.
    Fact<List<DeviceRomImage>> images() {
        String path = PciDevices.directory(address) + "/rom";
        return switch (bytes(path)) {
            case Fact.Known<Image>(Image image, String source) -> parse(image, source);
            case Fact.Unknown<Image>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
        };
    }

    /// No copy is kept of the bytes.
    private Fact<Image> bytes(String path) {
        HostRoot unrecorded = new HostRoot(root.paths(), new TreeBuilder());
        if (!root.isLive()) {
            return unrecorded.bytes(path, MAX_SIZE);
        }
        Path file = Path.of(path);
        if (!Files.isRegularFile(file)) {
            return new Fact.Unknown<>(path, HostRoot.MISSING);
        }
        try {
            Files.writeString(file, "1");
            try {
                return unrecorded.bytes(path, MAX_SIZE);
            } finally {
                Files.writeString(file, "0");
            }
        } catch (IOException e) {
            return new Fact.Unknown<>(path, HostRoot.reason(e));
        }
    }

    static Fact<List<DeviceRomImage>> parse(Image rom, String source) {
        try {
            return new Fact.Known<>(
                    OptionRom.read(rom, Location.root(source), new Diagnostics()).images().stream()
                            .map(image ->
                                    new DeviceRomImage(
                                            image.pcir().codeType(),
                                            image.ids().getFirst(),
                                            image.raw().size()))
                            .toList(),
                    source);
        } catch (MalformedImageException e) {
            return new Fact.Unknown<>(source, e.problem());
        }
    }
}
