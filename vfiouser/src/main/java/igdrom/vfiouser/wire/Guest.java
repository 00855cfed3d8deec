package igdrom.vfiouser.wire;

import igdrom.bytes.Image;
import java.io.IOException;

/// The guest as its device sees it. Addresses are bus addresses.
public interface Guest {
    /// Reads guest memory.
    ///
    /// @throws IOException when the guest has disconnected or the memory is missing or not readable
    Image read(long address, int count) throws IOException;

    /// Writes guest memory.
    ///
    /// @throws IOException when the guest has disconnected or the memory is missing or not writable
    void write(long address, Image data) throws IOException;

    /// Raises an interrupt. This has no effect until the client has connected an eventfd to it.
    ///
    /// @param index the interrupt index, such as [IrqInfo#INTX]
    /// @param vector the interrupt within that index
    void raise(int index, int vector) throws IOException;
}
