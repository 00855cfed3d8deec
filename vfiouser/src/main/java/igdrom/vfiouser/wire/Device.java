package igdrom.vfiouser.wire;

import java.io.IOException;

/// A device that is served: a state machine which knows no socket and no clock.
///
/// A server calls it from one thread at a time. It may be asked to [#handle] an access while it is
/// still in [#settle]: the guest goes on while the device waits for the guest's memory.
public interface Device {
    /// Constant for the life of the device.
    DeviceLayout layout();

    /// Answers at once: the guest's processor stands still meanwhile, and after 5 seconds QEMU
    /// gives up the connection.
    ///
    /// @param access inside of the [DeviceLayout]
    /// @return [RegionData] for a read, [RegionWritten] or [Reply.Done] for a write, [Reply.Done]
    ///   for a reset, [Reply.Refused] for whatever cannot be done
    Reply handle(Access access);

    /// What the device has to do in the guest on account of accesses that were answered: write to
    /// its memory, raise an interrupt. Never called inside of itself.
    ///
    /// @throws IOException when the guest is gone or its memory cannot be had
    default void settle(Guest guest) throws IOException {}
}
