package igdrom.firmware.lpc;

import igdrom.bytes.Image;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.NewSection;
import igdrom.formats.pe.PeImage;
import igdrom.formats.pe.Subsystem;
import igdrom.samples.SampleLpc;
import java.util.List;

/// Drivers that only read the LPC bridge's id, in the instructions that compilers emitted.
final class Gops {
    /// Offsets of the window in the code.
    static final int PORT_CALL = 9;

    static final int BRIDGE_WINDOW = 14;

    private Gops() {}

    static PeImage byPorts() {
        return driver(SampleLpc.byPorts());
    }

    static PeImage byPorts(String check) {
        return driver(SampleLpc.byPorts(check));
    }

    /// Code like that of Sandy Bridge's driver: `lea r11, [rip]`, registers, the window, the rest.
    static PeImage byBridge() {
        return driver(
                Image.ofHex(
                        """
                        8d 7b ff 4c 8d 1d 00 00 00 00 48 8b c8 90
                        41 b8 02 00 1f 00 8b d7 4c 89 5c 24 20 ff 50 38
                        48 85 c0 78 02 33 c0 c3 cc cc cc cc cc cc cc cc cc cc cc cc cc cc cc cc
                        """));
    }

    static PeImage driver(Image code) {
        return PeImage.of(
                Machine.X64,
                Subsystem.BOOT_SERVICE_DRIVER,
                0,
                List.of(NewSection.text(code), NewSection.noRelocations()));
    }
}
