package igdrom.formats.vbt;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.Optional;

/// One possible output of the board. Outputs that the board does not have are listed with type 0.
///
/// The structure has grown with the versions. Fields that `raw` is too short for, or that the
/// version does not have, read as 0.
///
/// Source: Linux, intel_vbt_defs.h, `struct child_device_config`.
///
/// @param bdbVersion the version of the BIOS data block
public record ChildDevice(Image raw, int bdbVersion) {
    static final int LFP_2 = 0x80;

    /// The offset of the device type.
    static final int DEVICE_TYPE = 2;

    static final int TYPE_SIZE = 2;
    static final int TYPE_END = DEVICE_TYPE + TYPE_SIZE;

    private static final int VERSION_WITH_PORTS = 155;
    private static final int HANDLE = 0;
    private static final int DVO_PORT = 16;
    private static final int DDC_PIN = 19;
    private static final int AUX_CHANNEL = 25;

    /// Makes a device.
    ///
    /// @param handle 8 for the first panel, 4 for the first connector: see [#name]
    /// @param auxChannel 0 for none
    public static ChildDevice of(
            int bdbVersion, int handle, DeviceType type, DvoPort port, int ddcPin, int auxChannel) {
        Emitter out = new Emitter().u16(handle).u16(type.bits());
        out.fillTo(DVO_PORT, 0).u8(port.value());
        out.fillTo(DDC_PIN, 0).u8(ddcPin);
        out.fillTo(AUX_CHANNEL, 0).u8(auxChannel);
        out.fillTo(expectedSize(bdbVersion), 0);
        return new ChildDevice(out.toImage(), bdbVersion);
    }

    /// The size of the structure in that version.
    ///
    /// Source: Linux, intel_bios.c, `child_device_expected_size`.
    public static int expectedSize(int bdbVersion) {
        if (bdbVersion < 106) {
            return 22;
        }
        if (bdbVersion < 111) {
            return 27;
        }
        if (bdbVersion < 195) {
            return 33;
        }
        if (bdbVersion < 196) {
            return 37;
        }
        if (bdbVersion < 216) {
            return 38;
        }
        if (bdbVersion < 256) {
            return 39;
        }
        return bdbVersion < 263 ? 40 : 44;
    }

    /// The identity of the output for drivers: see [#name].
    public int handle() {
        return u16(HANDLE);
    }

    public DeviceType type() {
        return new DeviceType(u16(DEVICE_TYPE));
    }

    /// Whether the board does not have this output.
    public boolean isAbsent() {
        return type().isNone();
    }

    /// The code for the speed of the DDC or I²C bus: see [#i2cSpeedKhz].
    public int i2cSpeed() {
        return since(155) ? u8(4) : 0;
    }

    /// The speed of the DDC or I²C bus in kHz; 0 when the code is undefined.
    public int i2cSpeedKhz() {
        return switch (i2cSpeed()) {
            case 0 -> 100;
            case 1 -> 50;
            case 2 -> 400;
            case 3 -> 1000;
            default -> 0;
        };
    }

    public int hdmiLevelShifter() {
        return since(158) ? u8(7) & 0x1f : 0;
    }

    /// The limit of the TMDS clock in MHz; 0 for that of the platform.
    public int hdmiMaxClockMhz() {
        if (!since(204)) {
            return 0;
        }
        return switch (u8(7) >>> 5) {
            case 1 -> 297;
            case 2 -> 165;
            case 3 -> 594;
            case 4 -> 340;
            case 5 -> 300;
            default -> 0;
        };
    }

    /// Whether the output works without the EDID of a monitor.
    public boolean edidless() {
        return since(161) && bit(10, 0);
    }

    public boolean compression() {
        return since(198) && bit(10, 1);
    }

    public int dvoPort() {
        return u8(DVO_PORT);
    }

    public Optional<DvoPort> port() {
        return DvoPort.of(dvoPort());
    }

    /// The GMBUS pin pair for DDC; 0 for none.
    public int ddcPin() {
        return u8(DDC_PIN);
    }

    public boolean routedThroughDock() {
        return since(158) && bit(23, 0);
    }

    public boolean laneReversal() {
        return since(184) && bit(23, 1);
    }

    /// Whether a level shifter and protocol converter (LSPCON) makes HDMI from DisplayPort.
    public boolean lspcon() {
        return since(192) && bit(23, 2);
    }

    public boolean hotplugInverted() {
        return since(196) && bit(23, 4);
    }

    /// The number of DisplayPort lanes that are wired; 0 when unknown.
    public int maxLanes() {
        if (!since(244)) {
            return 0;
        }
        return switch (u8(23) >>> 6) {
            case 1 -> 1;
            case 2 -> 2;
            case 3 -> 4;
            default -> 0;
        };
    }

    public boolean hdmiSupport() {
        return since(158) && bit(24, 0);
    }

    public boolean displayPortSupport() {
        return since(158) && bit(24, 1);
    }

    public boolean tmdsSupport() {
        return since(158) && bit(24, 2);
    }

    /// The number of the AUX channel; 0 for none. Before BDB 155 the byte has another meaning.
    public int auxChannel() {
        return since(VERSION_WITH_PORTS) ? u8(AUX_CHANNEL) : 0;
    }

    /// The letter of the AUX channel.
    public Optional<String> auxName() {
        return switch (auxChannel()) {
            case 0x40 -> Optional.of("A");
            case 0x10 -> Optional.of("B");
            case 0x20 -> Optional.of("C");
            case 0x30 -> Optional.of("D");
            case 0x50 -> Optional.of("E");
            case 0x60 -> Optional.of("F");
            case 0x70 -> Optional.of("G");
            case 0x80 -> Optional.of("H");
            case 0x90 -> Optional.of("I");
            default -> Optional.empty();
        };
    }

    public boolean integratedEncoder() {
        return since(VERSION_WITH_PORTS) && bit(27, 5);
    }

    public boolean usbTypeC() {
        return since(195) && bit(33, 0);
    }

    public boolean thunderbolt() {
        return since(209) && bit(33, 1);
    }

    /// Whether a Type-C port is wired to another connector, so that [#usbTypeC] and [#thunderbolt]
    /// have no meaning.
    public boolean dedicatedExternal() {
        return since(264) && bit(33, 2);
    }

    /// The limit of the DisplayPort link in Mbit/s per lane; 0 for that of the platform.
    public int maxLinkRateMbps() {
        int value = u8(38) & 7;
        if (since(230)) {
            return switch (value) {
                case 1 -> 1620;
                case 2 -> 2700;
                case 3 -> 5400;
                case 4 -> 8100;
                case 5 -> 10_000;
                case 6 -> 13_500;
                case 7 -> 20_000;
                default -> 0;
            };
        }
        if (!since(216)) {
            return 0;
        }
        return switch (value) {
            case 1 -> 5400;
            case 2 -> 2700;
            case 3 -> 1620;
            default -> 0;
        };
    }

    /// The name of the output in driver logs: LFP is a panel, EFP a connector.
    ///
    /// Source: Linux, intel_vbt_defs.h, `DEVICE_HANDLE_…`.
    public String name() {
        return switch (handle()) {
            case 0x0001 -> since(217) ? "EFP 6" : "CRT";
            case 0x0002 -> since(215) ? "EFP 5" : "TV";
            case 0x0004 -> "EFP 1";
            case 0x0008 -> "LFP 1";
            case 0x0010 -> "EFP 4";
            case 0x0020 -> "EFP 3";
            case 0x0040 -> "EFP 2";
            case LFP_2 -> "LFP 2";
            case 0x0100 -> "EFP 7";
            case 0x0200 -> "EFP 8";
            default -> "device 0x" + Integer.toHexString(handle());
        };
    }

    void write(Emitter out) {
        out.image(raw);
    }

    private boolean since(int version) {
        return bdbVersion >= version;
    }

    private boolean bit(long offset, int number) {
        return ((u8(offset) >>> number) & 1) != 0;
    }

    private int u8(long offset) {
        return offset < raw.size() ? raw.u8(offset) : 0;
    }

    private int u16(long offset) {
        return u8(offset) | (u8(offset + 1) << 8);
    }
}
