package igdrom.host.linux;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.host.Fact;
import java.util.ArrayList;
import java.util.List;

/// The device paths of the firmware's consoles, in the variable ConOut.
///
/// Spec: UEFI 2.10, 10.3 (device paths): PCI nodes lead to a display, an ADR node ends the path.
final class ConsolePaths {
    private static final int HARDWARE = 1;
    private static final int PCI = 1;
    private static final int ACPI = 2;
    private static final int ADR = 3;
    private static final int END = 0x7f;
    private static final int END_OF_ALL = 0xff;
    private static final int HEADER_SIZE = 4;
    private static final int ATTRIBUTES_SIZE = 4;

    private ConsolePaths() {}

    /// The PCI functions of the paths that end at a display: `00:02.0`, or `00:01.0/00.0` where a
    /// bridge leads to it.
    static Fact<List<String>> parse(Image value, String source) {
        try {
            return new Fact.Known<>(displays(new Cursor(value, Location.root(source))), source);
        } catch (MalformedImageException e) {
            return new Fact.Unknown<>(source, e.problem());
        }
    }

    private static List<String> displays(Cursor in) {
        List<String> displays = new ArrayList<>();
        StringBuilder path = new StringBuilder();
        boolean display = false;
        while (in.remaining() > 0) {
            Node node = node(in);
            switch (node.type()) {
                case HARDWARE -> {
                    if (node.subtype() == PCI && node.body().size() == 2) {
                        path.append(path.isEmpty() ? "00:" : "/");
                        path.append("%02x.%x".formatted(node.body().u8(1), node.body().u8(0) & 7));
                    }
                }
                case ACPI -> display |= node.subtype() == ADR;
                case END -> {
                    if (display && !path.isEmpty() && !displays.contains(path.toString())) {
                        displays.add(path.toString());
                    }
                    path.setLength(0);
                    display = false;
                    if (node.subtype() == END_OF_ALL) {
                        return displays;
                    }
                }
                default -> {}
            }
        }
        return displays;
    }

    /// The same paths, with zeros in nodes that can name a machine, such as the MAC address of a
    /// network console.
    ///
    /// @param file the variable with its attributes
    static Image cleaned(Image file) {
        if (file.size() < ATTRIBUTES_SIZE) {
            return Image.EMPTY;
        }
        Emitter out = new Emitter().image(file.slice(0, ATTRIBUTES_SIZE));
        Cursor in = new Cursor(file.from(ATTRIBUTES_SIZE), Location.root("ConOut"));
        try {
            while (in.remaining() > 0) {
                Node node = node(in);
                out.u8(node.type()).u8(node.subtype());
                out.u16(Math.toIntExact(node.body().size()) + HEADER_SIZE);
                boolean kept =
                        (node.type() == HARDWARE && node.subtype() == PCI) || node.type() == ACPI;
                out.image(
                        kept
                                ? node.body()
                                : Image.of(new byte[Math.toIntExact(node.body().size())]));
            }
        } catch (MalformedImageException _) {
            // What is left is not a path, and nobody needs it.
            out.u8(0);
        }
        return out.toImage();
    }

    /// @param body what follows the header
    private record Node(int type, int subtype, Image body) {}

    private static Node node(Cursor in) {
        long start = in.position();
        int type = in.u8("Type");
        int subtype = in.u8("SubType");
        int length = in.u16("Length");
        if (length < HEADER_SIZE || length - HEADER_SIZE > in.remaining()) {
            throw in.malformed(start, "Length of a device path node, 0x%x, does not fit", length);
        }
        return new Node(type, subtype, in.image("device path node", length - HEADER_SIZE));
    }
}
