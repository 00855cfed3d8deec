package igdrom.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Lets vfio-pci take a PCI function from its driver, and gives it back.
///
/// Nothing is written for a function that vfio-pci has already. The state of before is read back
/// after it was restored: [#close] fails when the host does not have its device as it was.
public final class DeviceBinding implements AutoCloseable {
    private static final String VFIO_PCI = "vfio-pci";
    private static final Path BUS = Path.of("sys/bus/pci");

    private final Path bus;
    private final String address;
    private final Writer writer;
    private final BindingState before;
    private boolean restored;

    private DeviceBinding(Path bus, String address, Writer writer, BindingState before) {
        this.bus = bus;
        this.address = address;
        this.writer = writer;
        this.before = before;
    }

    /// Writes to a file of sysfs, which is how the kernel is asked to do something.
    @FunctionalInterface
    interface Writer {
        void write(Path file, String text) throws IOException;
    }

    /// The binding of a function of the machine below a root directory, as it is now. Whoever owns
    /// it before [#take] gets the function back even when the program ends meanwhile.
    ///
    /// @param root `/`
    /// @param address such as `0000:00:02.0`
    public static DeviceBinding of(Path root, String address) throws IOException {
        return of(
                root,
                address,
                // Never creates a file: one that is missing is a kernel that cannot do it.
                (file, text) -> Files.writeString(file, text, StandardOpenOption.WRITE));
    }

    static DeviceBinding of(Path root, String address, Writer writer) throws IOException {
        Path bus = root.resolve(BUS);
        return new DeviceBinding(bus, address, writer, BindingState.read(function(bus, address)));
    }

    /// Lets vfio-pci take the function.
    ///
    /// @throws IOException when vfio-pci does not take it; everything is then as before
    public synchronized void take() throws IOException {
        if (restored) {
            throw new IOException("interrupted");
        }
        try {
            bind();
        } catch (IOException e) {
            try {
                close();
            } catch (IOException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    /// What [#close] restores.
    public BindingState before() {
        return before;
    }

    private void bind() throws IOException {
        if (before.driver().equals(VFIO_PCI)) {
            return;
        }
        override(VFIO_PCI);
        unbind(before.driver());
        writer.write(driver(VFIO_PCI).resolve("bind"), address);
        String driver = now().driver();
        if (!driver.equals(VFIO_PCI)) {
            throw new IOException(
                    "vfio-pci has not taken %s: %s has it"
                            .formatted(address, driver.isEmpty() ? "no driver" : driver));
        }
    }

    /// Gives the function back.
    ///
    /// @throws IOException when it is not as before
    @Override
    public synchronized void close() throws IOException {
        if (restored) {
            return;
        }
        restored = true;
        BindingState now = now();
        if (now.equals(before)) {
            return;
        }
        if (!now.driver().equals(before.driver())) {
            unbind(now.driver());
        }
        // The override of before would keep another driver from its own device.
        override(before.override());
        if (!before.driver().isEmpty() && !now.driver().equals(before.driver())) {
            writer.write(driver(before.driver()).resolve("bind"), address);
        }
        BindingState after = now();
        if (!after.equals(before)) {
            throw new IOException(
                    "%s was not given back: it has %s, it had %s"
                            .formatted(address, after.text(), before.text()));
        }
    }

    private void override(String driver) throws IOException {
        // A line end alone clears it.
        writer.write(function(bus, address).resolve("driver_override"), driver + "\n");
    }

    private void unbind(String driver) throws IOException {
        if (!driver.isEmpty()) {
            writer.write(driver(driver).resolve("unbind"), address);
        }
    }

    private BindingState now() throws IOException {
        return BindingState.read(function(bus, address));
    }

    private Path driver(String name) {
        return bus.resolve("drivers").resolve(name);
    }

    private static Path function(Path bus, String address) {
        return bus.resolve("devices").resolve(address);
    }
}
