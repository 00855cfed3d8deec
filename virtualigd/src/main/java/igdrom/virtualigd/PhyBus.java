package igdrom.virtualigd;

import igdrom.bytes.Memory;

/// The message bus to a display PHY of Meteor Lake: a control register that accesses one register
/// of the PHY, and 8 bytes after it the status register with the reply. The registers of the PHY
/// keep the values written to them.
///
/// Source: Linux, drivers/gpu/drm/i915/display/intel_cx0_phy_regs.h, `XELPDP_PORT_M2P_MSGBUS_CTL`
/// and `XELPDP_PORT_P2M_MSGBUS_STATUS`.
///
/// Not thread-safe: the device holds a lock.
final class PhyBus {
    private static final int STATUS = 8;
    private static final int PENDING = 1 << 31;
    private static final int READY = 1 << 31;
    private static final int COMMAND_SHIFT = 27;
    private static final int COMMAND_MASK = 0xf;
    private static final int WRITE_UNCOMMITTED = 1;
    private static final int WRITE_COMMITTED = 2;
    private static final int READ = 3;
    private static final int READ_ACK = 4;
    private static final int WRITE_ACK = 5;
    private static final int DATA_SHIFT = 16;
    private static final int ADDRESS_MASK = 0xfff;

    private final Memory phy = Memory.ofSize(ADDRESS_MASK + 1);

    /// Writes the control register, which may send a command.
    void control(SparseMemory registers, long offset, int written) {
        registers.put(offset, written & ~PENDING);
        if ((written & PENDING) == 0) {
            return;
        }
        int address = written & ADDRESS_MASK;
        switch (written >>> COMMAND_SHIFT & COMMAND_MASK) {
            case READ ->
                    registers.put(
                            offset + STATUS,
                            READY | READ_ACK << COMMAND_SHIFT | phy.u8(address) << DATA_SHIFT);
            case WRITE_COMMITTED -> {
                phy.putU8(address, written >>> DATA_SHIFT);
                registers.put(offset + STATUS, READY | WRITE_ACK << COMMAND_SHIFT);
            }
            case WRITE_UNCOMMITTED -> phy.putU8(address, written >>> DATA_SHIFT);
            default -> {}
        }
    }
}
