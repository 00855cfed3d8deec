package igdrom.formats.opregion;

import igdrom.bytes.Image;
import java.util.ArrayList;
import java.util.List;

/// Mailbox 1, through which ACPI methods and driver communicate.
///
/// Source: Linux, intel_opregion.c, `struct opregion_acpi`.
public record AcpiMailbox(Image raw) {
    /// Offsets of fields in the mailbox.
    static final long DIDL = 0x20;

    static final long CHPD = 0xa8;
    static final long CLID = 0xac;
    static final long CDCK = 0xb0;

    private static final int MAX_DEVICES = 8;

    /// `DIDL`: the ACPI ids of the outputs that the driver found; empty until a driver has run.
    public List<Long> supportedDevices() {
        List<Long> devices = new ArrayList<>();
        for (int entry = 0; entry < MAX_DEVICES; entry++) {
            long device = raw.u32(DIDL + entry * 4L);
            if (device == 0) {
                break;
            }
            devices.add(device);
        }
        return devices;
    }

    /// `CHPD`: 1 when the firmware reports hotplug.
    public long hotplug() {
        return raw.u32(CHPD);
    }

    /// `CLID`: whether the lid is open.
    public boolean lidOpen() {
        return (raw.u32(CLID) & 1) != 0;
    }

    /// `CDCK`: whether the machine is docked.
    public boolean docked() {
        return (raw.u32(CDCK) & 1) != 0;
    }
}
