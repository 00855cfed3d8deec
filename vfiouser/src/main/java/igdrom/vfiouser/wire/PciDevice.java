package igdrom.vfiouser.wire;

import java.io.IOException;

/// A PCI device to serve: a state machine without a socket or a clock.
///
/// A server calls it from one thread. [#handle] may be called from inside [#settle]: the guest
/// keeps running while the device waits for guest memory.
public interface PciDevice {
    /// The regions and interrupts of the device, which never change.
    DeviceLayout layout();

    /// Handles an access at once: the processor of the guest waits for the reply, and QEMU drops
    /// the connection after 5 seconds.
    ///
    /// @param access within the [DeviceLayout]
    /// @return [RegionData] for a read; [RegionWritten] or [Reply.Done] for a write; [Reply.Done]
    ///   for a reset; [Reply.Refused] when the device cannot do it
    Reply handle(Access access);

    /// Acts on the guest after accesses were replied to: reads or writes its memory, raises an
    /// interrupt. Never called recursively.
    ///
    /// @throws IOException when the guest has disconnected or its memory cannot be accessed
    default void settle(Guest guest) throws IOException {}
}
