package igdrom.firmware.gop;

import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.List;

/// Whether a GOP supports a device, with the reason.
///
/// @param reason a sentence without a full stop: `21.0.1066 does not list 46d4, only 46d0, 46d1,
///   46d2 and 25 other ids`
public record Support(boolean supported, String reason) {
    static Support of(Gop gop, PciId device) {
        String driver = gop.version().toString();
        List<PciId> ids = gop.deviceIds();
        if (ids.isEmpty()) {
            return new Support(false, driver + " has no readable table of device ids");
        }
        if (device.vendor() != PciId.INTEL) {
            return new Support(false, driver + " is for Intel devices, not " + device);
        }
        if (ids.contains(device)) {
            return new Support(true, driver + " lists " + hex(device));
        }
        List<PciId> similar = similar(ids, device, 4);
        if (similar.isEmpty()) {
            similar = similar(ids, device, 8);
        }
        if (similar.isEmpty()) {
            String count = ids.size() == 1 ? "one id" : ids.size() + " ids";
            return new Support(false, driver + " lists " + count + ", not " + hex(device));
        }
        return new Support(
                false, driver + " does not list " + hex(device) + ", only " + listed(similar, ids));
    }

    /// What a driver lists instead: `46d0, 46d1 and 25 other ids`.
    private static String listed(List<PciId> similar, List<PciId> ids) {
        List<String> parts = new ArrayList<>();
        for (PciId id : similar) {
            parts.add(hex(id));
        }
        int others = ids.size() - similar.size();
        if (others > 0) {
            parts.add(others == 1 ? "one other id" : others + " other ids");
        }
        String last = parts.removeLast();
        return parts.isEmpty() ? last : String.join(", ", parts) + " and " + last;
    }

    /// The ids that differ from `device` only in the lowest `bits`.
    private static List<PciId> similar(List<PciId> ids, PciId device, int bits) {
        List<PciId> similar = new ArrayList<>();
        for (PciId id : ids) {
            if (id.device() >>> bits == device.device() >>> bits) {
                similar.add(id);
            }
        }
        return similar;
    }

    private static String hex(PciId id) {
        return id.toString().substring(5);
    }
}
