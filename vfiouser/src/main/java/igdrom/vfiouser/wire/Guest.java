package igdrom.vfiouser.wire;

import igdrom.bytes.Image;
import java.io.IOException;

/// The guest as its device sees it. Addresses are those of the bus.
public interface Guest {
    /// Bytes of its memory.
    ///
    /// @throws IOException when the guest is gone, or has no such memory, or none for reading
    Image read(long address, int count) throws IOException;

    /// Changes its memory.
    ///
    /// @throws IOException when the guest is gone, or has no such memory, or none for writing
    void write(long address, Image data) throws IOException;

    /// Raises an interrupt. Nothing happens when the client did not ask to be told of it.
    ///
    /// @param index of the kind, as [IrqInfo#INTX]
    /// @param vector of that kind
    void raise(int index, int vector) throws IOException;
}
