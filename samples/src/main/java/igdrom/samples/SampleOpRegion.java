package igdrom.samples;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;

/// Makes OpRegions.
public final class SampleOpRegion {
    private static final int BDB_VERSION = 228;
    private static final int HDMI_HANDLE = 0x0004;
    private static final int GMBUS_PIN = 2;
    private static final int MAX_NAME = 15;

    private SampleOpRegion() {}

    /// An OpRegion whose VBT describes one HDMI output.
    ///
    /// @param name goes into the signature of the VBT, cut to 15 characters
    public static Image named(String name) {
        return around(vbt(name));
    }

    /// An OpRegion with this VBT in mailbox 4.
    public static Image around(Image vbt) {
        Emitter out = new Emitter();
        OpRegionBuilder.around(vbt).write(out);
        return out.toImage();
    }

    /// A VBT that describes one HDMI output.
    ///
    /// @param name goes into the signature, cut to 15 characters
    public static Image vbt(String name) {
        Emitter out = new Emitter();
        new VbtBuilder(name.substring(0, Math.min(name.length(), MAX_NAME)), BDB_VERSION)
                .device(HDMI_HANDLE, DeviceType.HDMI, DvoPort.HDMI_B, GMBUS_PIN, 0)
                .build()
                .write(out);
        return out.toImage();
    }
}
