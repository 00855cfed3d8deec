package igdrom.formats.opregion;

import igdrom.bytes.Image;
import java.util.ArrayList;
import java.util.List;

/// Mailbox 1, what ACPI methods and driver tell each other.
///
/// Source: Linux, intel_opregion.c, `struct opregion_acpi`.
public record AcpiMailbox(Image raw) {
    private static final long SUPPORTED_DEVICES = 0x20;
    private static final long HOTPLUG = 0xa8;
    private static final long LID = 0xac;
    private static final long DOCK = 0xb0;
    private static final int DEVICES = 8;

    /// `DIDL`: the ACPI ids of the outputs that the driver found; empty before a driver ran.
    public List<Long> supportedDevices() {
        List<Long> devices = new ArrayList<>();
        for (int entry = 0; entry < DEVICES; entry++) {
            long device = raw.u32(SUPPORTED_DEVICES + entry * 4L);
            if (device == 0) {
                break;
            }
            devices.add(device);
        }
        return devices;
    }

    /// `CHPD`: the firmware reports hotplug.
    public long hotplug() {
        return raw.u32(HOTPLUG);
    }

    /// `CLID`, bit 0.
    public boolean lidOpen() {
        return (raw.u32(LID) & 1) != 0;
    }

    /// `CDCK`, bit 0.
    public boolean docked() {
        return (raw.u32(DOCK) & 1) != 0;
    }
}
