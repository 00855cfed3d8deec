package igdrom.vfiouser.wire;

import java.util.ArrayList;
import java.util.List;

/// The regions and interrupts of a device. The server answers queries from it and refuses every
/// access outside of it.
///
/// @param resets whether the device can be reset
/// @param regions each at the position of its index
/// @param irqs each at the position of its index
public record DeviceLayout(boolean resets, List<RegionInfo> regions, List<IrqInfo> irqs) {
    public DeviceLayout {
        regions = List.copyOf(regions);
        irqs = List.copyOf(irqs);
        for (int i = 0; i < regions.size(); i++) {
            if (regions.get(i).index() != i) {
                throw new IllegalArgumentException(
                        "region at position %d has index %d".formatted(i, regions.get(i).index()));
            }
        }
        for (int i = 0; i < irqs.size(); i++) {
            if (irqs.get(i).index() != i) {
                throw new IllegalArgumentException(
                        "irq at position %d has index %d".formatted(i, irqs.get(i).index()));
            }
        }
    }

    /// The layout of a device that can be reset and has these regions, in any order, and no
    /// interrupts.
    public static DeviceLayout of(RegionInfo... regions) {
        List<IrqInfo> irqs = new ArrayList<>();
        for (int i = 0; i <= IrqInfo.MSIX; i++) {
            irqs.add(IrqInfo.none(i));
        }
        return of(irqs, regions);
    }

    /// The layout of a device that can be reset and has these interrupts and regions.
    ///
    /// @param irqs each at the position of its index
    /// @param regions in any order
    public static DeviceLayout of(List<IrqInfo> irqs, RegionInfo... regions) {
        List<RegionInfo> all = new ArrayList<>();
        for (int i = 0; i < RegionInfo.PCI_REGIONS; i++) {
            all.add(RegionInfo.none(i));
        }
        for (RegionInfo region : regions) {
            all.set(region.index(), region);
        }
        return new DeviceLayout(true, all, irqs);
    }

    /// The reply to DEVICE_GET_INFO.
    public DeviceInfo info() {
        return new DeviceInfo(resets, regions.size(), irqs.size());
    }

    /// The region with this index.
    ///
    /// @param index unsigned
    public RegionInfo region(long index) throws RefusedException {
        if (index >= regions.size()) {
            throw RefusedException.invalid(
                    "region is %d, the device has %d".formatted(index, regions.size()));
        }
        return regions.get((int) index);
    }

    /// The interrupts with this index.
    ///
    /// @param index unsigned
    public IrqInfo irq(long index) throws RefusedException {
        if (index >= irqs.size()) {
            throw RefusedException.invalid(
                    "irq is %d, the device has %d".formatted(index, irqs.size()));
        }
        return irqs.get((int) index);
    }

    /// The access itself, when the layout allows it.
    public Access check(Access access) throws RefusedException {
        switch (access) {
            case DeviceReset() -> {
                if (!resets) {
                    throw new RefusedException(Errno.EOPNOTSUPP, "the device cannot be reset");
                }
            }
            case RegionRead(long offset, long index, int count) -> {
                RegionInfo region = region(index);
                checkAllowed(region, region.readable(), "readable");
                checkInside(region, offset, count);
            }
            case RegionWrite(long offset, long index, var data) -> {
                RegionInfo region = region(index);
                checkAllowed(region, region.writable(), "writable");
                checkInside(region, offset, data.size());
            }
        }
        return access;
    }

    private static void checkAllowed(RegionInfo region, boolean allowed, String property)
            throws RefusedException {
        if (!allowed) {
            throw RefusedException.invalid(
                    "region %d is not %s".formatted(region.index(), property));
        }
    }

    private static void checkInside(RegionInfo region, long offset, long count)
            throws RefusedException {
        if (!region.contains(offset, count)) {
            throw RefusedException.invalid(
                    "access of 0x%x bytes at 0x%x exceeds region %d of 0x%x bytes"
                            .formatted(count, offset, region.index(), region.size()));
        }
    }
}
