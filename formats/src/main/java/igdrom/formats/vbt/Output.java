package igdrom.formats.vbt;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An output of the board.
///
/// @param typeC the Type-C port on platforms that name it, else empty
/// @param panel the panel of an internal output, when the tables describe it
public record Output(ChildDevice device, String typeC, @Nullable Panel panel) {
    public DeviceType.Kind kind() {
        return device.type().kind();
    }

    /// The name by which users select the output, such as `eDP-A` or `DP-B`. Usually no two outputs
    /// of a board have the same.
    public String name() {
        String port = portName();
        return port.isEmpty() ? prefixes().getFirst() : prefixes().getFirst() + "-" + port;
    }

    /// The kinds that the output may be called, the usual one first.
    List<String> prefixes() {
        return switch (kind()) {
            case EDP -> List.of("eDP");
            case LVDS -> List.of("LVDS");
            case DSI -> List.of("DSI");
            case DISPLAY_PORT -> List.of("DP");
            case DUAL_MODE -> List.of("DP", "HDMI", "DP++");
            case HDMI -> List.of("HDMI");
            case DVI -> List.of("DVI");
            case VGA -> List.of("VGA");
            case TV -> List.of("TV");
            case NONE, UNKNOWN -> List.of("port");
        };
    }

    String portName() {
        Optional<DvoPort> port = device.port();
        return port.isPresent()
                ? port.get().letterName()
                : "0x" + Integer.toHexString(device.dvoPort());
    }

    /// The GMBUS pin pair; 0 for outputs that do not use DDC.
    public int ddcPin() {
        return switch (kind()) {
            case HDMI, DVI, DUAL_MODE, VGA, LVDS -> device.ddcPin();
            case EDP, DSI, DISPLAY_PORT, TV, NONE, UNKNOWN -> 0;
        };
    }

    /// One line: `HDMI on port B, DDC pin 2`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind().label()).append(" on ");
        Optional<DvoPort> port = device.port();
        text.append(
                port.isPresent()
                        ? port.get().label()
                        : "port 0x" + Integer.toHexString(device.dvoPort()));
        if (!typeC.isEmpty()) {
            text.append(" (").append(typeC).append(')');
        }
        Optional<String> aux = device.auxName();
        if (aux.isPresent() && device.type().speaksDisplayPort()) {
            text.append(", AUX ").append(aux.get());
        }
        if (ddcPin() != 0) {
            text.append(", DDC pin ").append(ddcPin());
        }
        if (!device.dedicatedExternal()) {
            flag(text, device.thunderbolt(), "Thunderbolt");
            flag(text, device.usbTypeC() && !device.thunderbolt(), "USB-C");
        }
        flag(text, device.lspcon(), "HDMI through an LSPCON");
        flag(text, device.laneReversal(), "lanes reversed");
        flag(text, device.hotplugInverted(), "hotplug inverted");
        flag(text, device.routedThroughDock(), "through the dock");
        flag(text, device.edidless(), "without EDID");
        if (panel != null) {
            text.append(", ").append(panel);
        }
        return text.toString();
    }

    private static void flag(StringBuilder text, boolean set, String word) {
        if (set) {
            text.append(", ").append(word);
        }
    }
}
