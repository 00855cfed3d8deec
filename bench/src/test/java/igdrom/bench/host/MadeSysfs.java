package igdrom.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A directory that answers to writes as the kernel's sysfs does: binding moves a link.
///
/// Source: Linux, drivers/base/bus.c (`bind_store`, `unbind_store`); drivers/pci/pci-sysfs.c
/// (`driver_override_store`).
final class MadeSysfs {
    static final String IGD = "0000:00:02.0";

    /// What was written, a file name and its text each.
    final List<String> written = new ArrayList<>();

    /// The driver whose `bind` fails; empty for none.
    String refusing = "";

    private final Path root;
    private final Path function;

    MadeSysfs(Path root, String driver, String override) throws IOException {
        this.root = root;
        this.function = Files.createDirectories(root.resolve("sys/bus/pci/devices/" + IGD));
        for (String name : List.of("vfio-pci", "i915", "xe")) {
            Files.createDirectories(drivers(name));
        }
        Files.writeString(function.resolve("driver_override"), shown(override));
        if (!driver.isEmpty()) {
            attach(driver);
        }
    }

    private static String shown(String override) {
        return (override.isEmpty() ? "(null)" : override) + "\n";
    }

    private Path drivers(String name) {
        return root.resolve("sys/bus/pci/drivers/" + name);
    }

    private void attach(String driver) throws IOException {
        Files.createSymbolicLink(
                function.resolve("driver"), Path.of("../../../bus/pci/drivers/" + driver));
    }

    BindingState state() throws IOException {
        return BindingState.read(function);
    }

    DeviceBinding bind() throws IOException {
        DeviceBinding binding = DeviceBinding.of(root, IGD, this::write);
        binding.take();
        return binding;
    }

    void write(Path file, String text) throws IOException {
        String name = String.valueOf(file.getFileName());
        String parent = String.valueOf(file.resolveSibling("").getFileName());
        written.add(parent + "/" + name + "=" + text.strip());
        BindingState now = state();
        switch (name) {
            case "driver_override" -> Files.writeString(file, shown(text.strip()));
            case "unbind" -> {
                if (!now.driver().equals(parent)) {
                    throw new IOException("No such device");
                }
                Files.delete(function.resolve("driver"));
            }
            case "bind" -> {
                boolean other = !now.override().isEmpty() && !now.override().equals(parent);
                boolean unasked = parent.equals("vfio-pci") && now.override().isEmpty();
                if (!now.driver().isEmpty() || other || unasked || parent.equals(refusing)) {
                    throw new IOException("No such device");
                }
                attach(parent);
            }
            default -> throw new IOException("Permission denied");
        }
    }
}
