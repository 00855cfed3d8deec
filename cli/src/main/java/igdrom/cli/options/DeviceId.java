package igdrom.cli.options;

import igdrom.formats.pci.PciId;
import java.util.HexFormat;

/// The ids of a PCI device, and its revision when the user gave one.
///
/// @param revision 0 when none was given
public record DeviceId(PciId id, int revision) {
    /// Reads `8086:46d4` or `8086:46d4:0c`.
    ///
    /// @throws IllegalArgumentException when the text is neither
    static DeviceId of(String text) {
        int second = text.indexOf(':', text.indexOf(':') + 1);
        try {
            if (second < 0) {
                return new DeviceId(PciId.of(text), 0);
            }
            PciId id = PciId.of(text.substring(0, second));
            String digits = text.substring(second + 1);
            if (digits.length() == 2) {
                return new DeviceId(id, HexFormat.fromHexDigits(digits));
            }
        } catch (IllegalArgumentException _) {
            // The same message as for a revision that is not two digits.
        }
        throw new IllegalArgumentException(
                "\""
                        + text
                        + "\" is not a PCI id like 8086:46d4 or, with its revision, 8086:46d4:0c"
                        + " (lspci -nn shows both)");
    }
}
