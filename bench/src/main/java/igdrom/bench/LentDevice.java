package igdrom.bench;

import java.nio.file.Path;
import java.util.List;

/// The IGD of this machine, for a guest that has it as long as a test takes.
///
/// @param address such as `0000:00:02.0`
/// @param group of its IOMMU
/// @param kvm whether the processor itself runs the guest; else QEMU emulates one
/// @param options of vfio-pci in QEMU; the recommended ones when empty
public record LentDevice(String address, int group, boolean kvm, List<String> options) {
    /// Where the files of this machine begin.
    static final Path ROOT = Path.of("/");

    public LentDevice {
        options = List.copyOf(options);
    }
}
