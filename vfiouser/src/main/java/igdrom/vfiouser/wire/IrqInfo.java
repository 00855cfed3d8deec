package igdrom.vfiouser.wire;

import igdrom.bytes.Emitter;

/// One interrupt index (INTx, MSI, ...) and how many interrupts it has.
///
/// Spec: vfio-user, "VFIO_USER_DEVICE_GET_IRQ_INFO", the reply; linux/vfio.h, `VFIO_PCI_NUM_IRQS`.
///
/// @param autoMasked raising an interrupt masks it until the client unmasks it
/// @param noResize the client has to set up all interrupts of the index at once
public record IrqInfo(int index, int count, boolean maskable, boolean autoMasked, boolean noResize)
        implements Reply {
    /// The number of indexes that PCI defines.
    public static final int PCI_IRQS = 5;

    public static final int INTX = 0;
    public static final int MSI = 1;
    public static final int MSIX = 2;
    public static final int ERR = 3;
    public static final int REQ = 4;

    /// The maximum for any index. Spec: PCI Express, "MSI-X Table Size".
    public static final int MAX_COUNT = 2048;

    static final int SIZE = 16;
    private static final long FLAG_EVENTFD = 1;
    private static final long FLAG_MASKABLE = 2;
    private static final long FLAG_AUTOMASKED = 4;
    private static final long FLAG_NORESIZE = 8;

    public IrqInfo {
        if (count < 0 || count > MAX_COUNT) {
            throw new IllegalArgumentException(
                    "count is %d, the maximum is %d".formatted(count, MAX_COUNT));
        }
    }

    /// The interrupt pin.
    public static IrqInfo intx() {
        return new IrqInfo(INTX, 1, true, true, false);
    }

    /// Message-signalled interrupts.
    public static IrqInfo messages(int index, int count) {
        return new IrqInfo(index, count, false, false, true);
    }

    /// An index without interrupts.
    public static IrqInfo none(int index) {
        return new IrqInfo(index, 0, false, false, false);
    }

    @Override
    public void write(Emitter out) {
        long flags =
                (count > 0 ? FLAG_EVENTFD : 0)
                        | (maskable ? FLAG_MASKABLE : 0)
                        | (autoMasked ? FLAG_AUTOMASKED : 0)
                        | (noResize ? FLAG_NORESIZE : 0);
        out.u32(SIZE).u32(flags).u32(index).u32(count);
    }
}
