package igdrom.bench;

import igdrom.bench.witness.PciAddress;
import java.util.ArrayList;
import java.util.List;

/// The arguments of a QEMU, as they are put together.
final class QemuArguments {
    /// How long QEMU waits for the answer to a message. Observed: on a busy machine the first one
    /// can take more than QEMU's 5 seconds.
    private static final int MESSAGE_TIMEOUT_MILLIS = 60_000;

    private final List<String> list = new ArrayList<>();

    List<String> list() {
        return List.copyOf(list);
    }

    void add(String... words) {
        list.addAll(List.of(words));
    }

    void file(String name, String file) {
        add("-fw_cfg", "name=" + name + ",file=" + file);
    }

    /// Makes OVMF keep all BARs below 4 GiB.
    void lowBars() {
        add("-fw_cfg", "name=opt/ovmf/X-PciMmio64Mb,string=0");
    }

    /// A port that passes what is written to it to a character device.
    void port(String chardev, int port) {
        add("-device", "isa-debugcon,chardev=%s,iobase=%d".formatted(chardev, port));
    }

    /// The ports of a guest with [igdrom.bench.linux.Initramfs].
    void linuxPorts(String console, String report) {
        add("-device", "isa-serial,chardev=" + console);
        add("-device", "isa-serial,chardev=" + report);
    }

    /// A device of the bench; QEMU accepts vfio-user-pci in JSON syntax only.
    ///
    /// @param rom the file of its option ROM; empty for none
    void device(PciAddress location, String socket, String rom) {
        String romOption = rom.isEmpty() ? "\"rombar\":0" : "\"romfile\":\"" + rom + "\"";
        add(
                "-device",
                "{\"driver\":\"vfio-user-pci\",\"addr\":\""
                        + location.slot()
                        + "\",\"x-msg-timeout\":"
                        + MESSAGE_TIMEOUT_MILLIS
                        + ","
                        + romOption
                        + ",\"socket\":{\"type\":\"unix\",\"path\":\""
                        + socket
                        + "\"}}");
    }

    /// A value in a list of options: a comma is written twice.
    static String quoted(String value) {
        return value.replace(",", ",,");
    }
}
