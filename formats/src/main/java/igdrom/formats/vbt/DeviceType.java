package igdrom.formats.vbt;

import java.util.ArrayList;
import java.util.List;

/// The type of an output, as a set of bits.
///
/// Source: Linux, intel_vbt_defs.h, `DEVICE_TYPE_…`; for the combinations intel_bios.c,
/// `intel_bios_encoder_supports_…`.
public record DeviceType(int bits) {
    /// The most common types.
    public static final DeviceType EDP = new DeviceType(0x1806);

    public static final DeviceType DISPLAY_PORT = new DeviceType(0x68c6);
    public static final DeviceType DUAL_MODE = new DeviceType(0x60d6);
    public static final DeviceType HDMI = new DeviceType(0x60d2);
    public static final DeviceType NONE = new DeviceType(0);

    private static final int ANALOG = 1;
    private static final int DISPLAY_PORT_OUTPUT = 1 << 2;
    private static final int VIDEO = 1 << 3;
    private static final int TMDS = 1 << 4;
    private static final int LVDS = 1 << 5;
    private static final int DUAL_CHANNEL = 1 << 8;
    private static final int COMPOSITE = 1 << 9;
    private static final int MIPI = 1 << 10;
    private static final int NOT_HDMI = 1 << 11;
    private static final int INTERNAL = 1 << 12;

    private static final String[] NAMES = {
        "analog",
        "digital",
        "DisplayPort",
        "video",
        "TMDS",
        "LVDS",
        "high speed link",
        "content protection",
        "dual channel",
        "composite",
        "MIPI",
        "not HDMI",
        "internal",
        "hotplug",
        "power management",
        "extended class",
    };

    public DeviceType {
        if (bits >>> 16 != 0) {
            throw new IllegalArgumentException("a device type has 16 bits: " + bits);
        }
    }

    /// Whether the board does not have the output.
    public boolean isNone() {
        return bits == 0;
    }

    /// Whether the output is a panel inside the machine, not a connector.
    public boolean isInternal() {
        return has(INTERNAL);
    }

    public boolean speaksDisplayPort() {
        return has(DISPLAY_PORT_OUTPUT);
    }

    public boolean speaksDvi() {
        return has(TMDS);
    }

    public boolean speaksHdmi() {
        return has(TMDS) && !has(NOT_HDMI);
    }

    public boolean isDualChannel() {
        return has(DUAL_CHANNEL);
    }

    public Kind kind() {
        if (isNone()) {
            return Kind.NONE;
        }
        if (has(MIPI)) {
            return Kind.DSI;
        }
        if (has(DISPLAY_PORT_OUTPUT)) {
            if (has(INTERNAL)) {
                return Kind.EDP;
            }
            return has(TMDS) ? Kind.DUAL_MODE : Kind.DISPLAY_PORT;
        }
        if (has(LVDS)) {
            return Kind.LVDS;
        }
        if (has(TMDS)) {
            return has(NOT_HDMI) ? Kind.DVI : Kind.HDMI;
        }
        if (has(VIDEO) || has(COMPOSITE)) {
            return Kind.TV;
        }
        return has(ANALOG) ? Kind.VGA : Kind.UNKNOWN;
    }

    /// The names of the bits that are set, lowest first.
    public List<String> bitNames() {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < NAMES.length; bit++) {
            if (has(1 << bit)) {
                names.add(NAMES[bit]);
            }
        }
        return names;
    }

    private boolean has(int bit) {
        return (bits & bit) != 0;
    }

    /// The kinds of output that users distinguish.
    public enum Kind {
        NONE("nothing"),
        EDP("eDP"),
        LVDS("LVDS"),
        DSI("MIPI DSI"),
        DISPLAY_PORT("DisplayPort"),
        DUAL_MODE("DisplayPort or HDMI (DP++)"),
        HDMI("HDMI"),
        DVI("DVI"),
        VGA("VGA"),
        TV("TV"),
        UNKNOWN("unknown output");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /// Whether it is a panel, which the VBT may describe.
        public boolean isPanel() {
            return this == EDP || this == LVDS || this == DSI;
        }

        public String label() {
            return label;
        }
    }
}
