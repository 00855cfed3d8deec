package igdrom.formats.acpi;

import igdrom.bytes.Cursor;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/// The table MCFG: where the config space of PCI functions is in memory.
///
/// Spec: PCI Firmware 3.3, 4.1.2.
///
/// @param windows in the order of the table
public record Mcfg(List<Window> windows) {
    private static final Image SIGNATURE = Image.ofAscii("MCFG");
    private static final int HEADER_SIZE = 44;
    private static final int WINDOW_SIZE = 16;

    /// The config space of some buses.
    ///
    /// @param base address of the config space of bus 0, even when the window begins at another bus
    /// @param segment group of PCI buses
    public record Window(long base, int segment, int firstBus, int lastBus) {
        static Window read(Cursor in) {
            long base = in.u64("Base Address");
            int segment = in.u16("PCI Segment Group Number");
            int firstBus = in.u8("Start Bus Number");
            int lastBus = in.u8("End Bus Number");
            in.skip("Reserved", 4);
            return new Window(base, segment, firstBus, lastBus);
        }
    }

    public Mcfg {
        windows = List.copyOf(windows);
    }

    /// Reads a table.
    ///
    /// @throws MalformedImageException when it is another table, or its length does not fit
    public static Mcfg read(Image image, Location location) {
        Cursor header = new Cursor(image, location);
        header.expect("Signature", SIGNATURE);
        long length = header.u32("Length");
        if (length < HEADER_SIZE
                || length > image.size()
                || (length - HEADER_SIZE) % WINDOW_SIZE != 0) {
            throw header.malformed(
                    4,
                    "Length, 0x%x, is not 0x%x and a multiple of 0x%x within 0x%x",
                    length,
                    HEADER_SIZE,
                    WINDOW_SIZE,
                    image.size());
        }
        Cursor in = new Cursor(image.slice(0, length), location).seek("windows", HEADER_SIZE);
        List<Window> windows = new ArrayList<>();
        while (in.remaining() > 0) {
            windows.add(Window.read(in));
        }
        return new Mcfg(windows);
    }
}
