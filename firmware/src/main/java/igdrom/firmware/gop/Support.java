package igdrom.firmware.gop;

import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.List;

/// Whether a GOP supports a device, with the reason.
///
/// @param reason a sentence without a full stop: `21.0.1066 lists 46d0, 46d1, 46d2, not 46d4`
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
        StringBuilder reason = new StringBuilder(driver).append(" lists ");
        if (similar.isEmpty()) {
            reason.append(ids.size()).append(ids.size() == 1 ? " id" : " ids");
        } else {
            for (int i = 0; i < similar.size(); i++) {
                reason.append(i == 0 ? "" : ", ").append(hex(similar.get(i)));
            }
        }
        return new Support(false, reason.append(", not ").append(hex(device)).toString());
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
