package igdrom.bench;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.Platform;

/// No machine meets a [TestRequest].
public final class UnsupportedRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    UnsupportedRequestException(Reason reason) {
        super(reason.toString());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /// Why a request is not supported.
    public sealed interface Reason {
        /// An LPC bridge is requested on q35, which has its own at 00:1f.0.
        record LpcOnQ35() implements Reason {}

        /// An OpRegion is given, but neither fw_cfg nor a preset ASLS passes it to the guest.
        record OpRegionNotPassed() implements Reason {}

        /// A preset BDSM is requested on a platform without that register.
        record NoBdsm(Platform platform) implements Reason {}

        /// A preset is requested, but the registers hold the host's values.
        record PresetOnRaw() implements Reason {}

        /// The platform has no SR-IOV.
        record NoVirtualFunctions(Platform platform) implements Reason {}

        /// No device is named, and the ROM is not for a known Intel GPU.
        ///
        /// @param id the first device that the ROM is for
        record UnknownDevice(PciId id) implements Reason {}
    }
}
