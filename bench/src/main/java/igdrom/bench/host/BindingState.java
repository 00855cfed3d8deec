package igdrom.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Which driver has a PCI function, and which one alone may have it.
///
/// @param driver empty for none
/// @param override the contents of `driver_override`; empty for any driver
public record BindingState(String driver, String override) {
    /// What the kernel prints for no override.
    private static final String NULL = "(null)";

    /// Reads the state from the directory of a function in `/sys/bus/pci/devices`.
    static BindingState read(Path function) throws IOException {
        String driver;
        try {
            driver =
                    String.valueOf(
                            Files.readSymbolicLink(function.resolve("driver")).getFileName());
        } catch (NoSuchFileException _) {
            driver = "";
        }
        String override = Files.readString(function.resolve("driver_override")).strip();
        return new BindingState(driver, override.equals(NULL) ? "" : override);
    }

    /// For a person: `i915`, or `no driver, override "vfio-pci"`.
    public String text() {
        return (driver.isEmpty() ? "no driver" : driver)
                + (override.isEmpty() ? "" : ", override \"" + override + "\"");
    }
}
