package igdrom.formats.vbt;

import java.util.Optional;

/// The GPU port of a child device. A digital port has two values, one for HDMI and one for
/// DisplayPort.
///
/// Source: Linux, intel_vbt_defs.h, `DVO_PORT_…`.
public enum DvoPort {
    HDMI_A(0, 'A'),
    HDMI_B(1, 'B'),
    HDMI_C(2, 'C'),
    HDMI_D(3, 'D'),
    LVDS(4, DvoPort.NO_LETTER),
    TV(5, DvoPort.NO_LETTER),
    CRT(6, DvoPort.NO_LETTER),
    DP_B(7, 'B'),
    DP_C(8, 'C'),
    DP_D(9, 'D'),
    DP_A(10, 'A'),
    DP_E(11, 'E'),
    HDMI_E(12, 'E'),
    DP_F(13, 'F'),
    HDMI_F(14, 'F'),
    DP_G(15, 'G'),
    HDMI_G(16, 'G'),
    DP_H(17, 'H'),
    HDMI_H(18, 'H'),
    DP_I(19, 'I'),
    HDMI_I(20, 'I'),
    MIPI_A(21, 'A'),
    MIPI_B(22, 'B'),
    MIPI_C(23, 'C'),
    MIPI_D(24, 'D');

    private static final char NO_LETTER = ' ';
    private static final DvoPort[] BY_VALUE = values();

    private final int value;
    private final char letter;

    DvoPort(int value, char letter) {
        this.value = value;
        this.letter = letter;
    }

    public static Optional<DvoPort> of(int value) {
        return value >= 0 && value < BY_VALUE.length
                ? Optional.of(BY_VALUE[value])
                : Optional.empty();
    }

    public int value() {
        return value;
    }

    /// For example `port B` or `the LVDS port`.
    public String label() {
        return switch (this) {
            case LVDS -> "the LVDS port";
            case TV -> "the TV port";
            case CRT -> "the VGA port";
            case MIPI_A, MIPI_B, MIPI_C, MIPI_D -> "DSI port " + letter;
            default -> "port " + letter;
        };
    }

    /// The name of the port in the name of an output: a letter; empty for ports of one kind only.
    String letterName() {
        return letter == NO_LETTER ? "" : String.valueOf(letter);
    }

    /// The name of the Type-C port on platforms that number them separately: from Alder Lake P on,
    /// F to I are TC1 to TC4.
    ///
    /// Source: Linux, intel_bios.c, `dvo_port_to_port` (display version 13 and later).
    Optional<String> typeC() {
        return letter >= 'F' ? Optional.of("TC" + (letter - 'F' + 1)) : Optional.empty();
    }
}
