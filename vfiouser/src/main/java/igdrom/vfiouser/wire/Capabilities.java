package igdrom.vfiouser.wire;

import igdrom.bytes.Image;

/// The capabilities that the sender of a [Version] announces.
///
/// Spec: vfio-user, "VFIO_USER_VERSION", "Capabilities" and their defaults.
///
/// @param maxMsgFds maximum number of descriptors in one message
/// @param maxDataXferSize maximum size of the data in one message
/// @param maxDmaMaps maximum number of memory ranges mapped at a time
/// @param pageSizes a bit for each supported page size
/// @param twinSocket whether the sender wants a second socket for the requests of the server
public record Capabilities(
        long maxMsgFds,
        long maxDataXferSize,
        long maxDmaMaps,
        long pageSizes,
        boolean writeMultiple,
        boolean twinSocket) {
    /// Protocol defaults, for every capability the peer does not mention.
    public static final Capabilities DEFAULT =
            new Capabilities(1, 1 << 20, 65535, 4096, false, false);

    /// The maximum number of descriptors that we accept in one message; QEMU lets its peers
    /// announce no more.
    public static final int MAX_MSG_FDS = 16;

    /// The maximum number of memory ranges that we announce; QEMU lets its peers announce no more.
    static final int MAX_DMA_MAPS = 65535;

    /// The capabilities of this server.
    static Capabilities ofServer() {
        return new Capabilities(
                MAX_MSG_FDS, Header.MAX_DATA_XFER_SIZE, MAX_DMA_MAPS, 4096, true, false);
    }

    /// Reads version data.
    ///
    /// @param json without the NUL at its end
    static Capabilities read(Image json) throws RefusedException {
        return CapabilitiesJson.read(json);
    }

    /// The version data of these capabilities, without the NUL at its end.
    String json() {
        return CapabilitiesJson.write(this);
    }
}
