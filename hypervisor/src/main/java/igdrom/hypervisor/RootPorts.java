package igdrom.hypervisor;

import igdrom.plan.vm.SlotAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The PCIe root ports of a domain, which libvirt puts in slot 2 of q35, where the GPU belongs.
///
/// They move to later slots in their order, so that the guest numbers its buses as before: an
/// installed system names its network interfaces by them.
final class RootPorts {
    private static final String MODEL = "pcie-root-port";

    /// The last slot that is free on q35: the chipset is in the one after it.
    private static final int LAST_SLOT = 0x1e;

    private RootPorts() {}

    /// Whether a device is a port that can move.
    static boolean isPort(XmlElement device) {
        return device.name().equals("controller") && device.get("model").equals(MODEL);
    }

    /// Where the slots of the ports move to, empty when none has to move, or a slot is missing.
    static SortedMap<Integer, Integer> moves(XmlElement devices) {
        TreeMap<Integer, List<XmlElement>> ports = new TreeMap<>();
        Set<Integer> others = new HashSet<>();
        for (XmlElement device : devices.children()) {
            Optional<SlotAddress> slot = LibvirtReader.slotOnBus0(device);
            if (slot.isPresent() && isPort(device)) {
                ports.computeIfAbsent(slot.get().slot(), _ -> new ArrayList<>()).add(device);
            } else if (slot.isPresent()) {
                others.add(slot.get().slot());
            }
        }
        SortedMap<Integer, Integer> moves = new TreeMap<>();
        int last = SlotAddress.IGD.slot();
        for (int slot : ports.tailMap(last).keySet()) {
            if (slot > last) {
                break;
            }
            do {
                last++;
            } while (others.contains(last));
            if (last > LAST_SLOT) {
                return new TreeMap<>();
            }
            moves.put(slot, last);
        }
        return moves;
    }

    /// The sentence about the moves, without a full stop.
    static String note(Map<Integer, Integer> moves) {
        List<String> words = new ArrayList<>();
        moves.forEach((from, to) -> words.add("%d to %d".formatted(from, to)));
        return "root ports move from slot "
                + String.join(" and from slot ", words)
                + "; they keep their order, and the buses of the guest their numbers";
    }
}
