package igdrom.formats.vbt;

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
