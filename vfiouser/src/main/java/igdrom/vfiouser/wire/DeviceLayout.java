package igdrom.vfiouser.wire;

import java.util.List;

/// What a device consists of. The server answers the client's questions with it, and lets no access
/// through that leaves it.
///
/// @param regions at their own index
/// @param irqs at their own index
public record DeviceLayout(boolean resets, List<RegionInfo> regions, List<IrqInfo> irqs) {
    public DeviceLayout {
        regions = List.copyOf(regions);
        irqs = List.copyOf(irqs);
        for (int i = 0; i < regions.size(); i++) {
            if (regions.get(i).index() != i) {
                throw new IllegalArgumentException("region " + i + " stands elsewhere");
            }
        }
        for (int i = 0; i < irqs.size(); i++) {
            if (irqs.get(i).index() != i) {
                throw new IllegalArgumentException("irq " + i + " stands elsewhere");
            }
        }
    }

    public DeviceInfo info() {
        return new DeviceInfo(resets, regions.size(), irqs.size());
    }

    /// One region.
    ///
    /// @param index unsigned
    public RegionInfo region(long index) throws RefusedException {
        if (index >= regions.size()) {
            throw RefusedException.invalid(
                    "region is %d, there are %d".formatted(index, regions.size()));
        }
        return regions.get((int) index);
    }

    /// One kind of interrupt.
    ///
    /// @param index unsigned
    public IrqInfo irq(long index) throws RefusedException {
        if (index >= irqs.size()) {
            throw RefusedException.invalid("irq is %d, there are %d".formatted(index, irqs.size()));
        }
        return irqs.get((int) index);
    }

    /// The access as it is, when the device can be given it.
    public Access checked(Access access) throws RefusedException {
        switch (access) {
            case DeviceReset() -> {
                if (!resets) {
                    throw new RefusedException(Errno.EOPNOTSUPP, "the device does not reset");
                }
            }
            case RegionRead(long offset, long index, int count) ->
                    within(region(index), offset, count, region(index).readable());
            case RegionWrite(long offset, long index, var data) ->
                    within(region(index), offset, data.size(), region(index).writeable());
        }
        return access;
    }

    private static void within(RegionInfo region, long offset, long count, boolean allowed)
            throws RefusedException {
        if (!allowed || !region.holds(offset, count)) {
            throw RefusedException.invalid(
                    "0x%x bytes at 0x%x of region %d, which has 0x%x, are not to be had"
                            .formatted(count, offset, region.index(), region.size()));
        }
    }
}
