package igdrom.cli.options;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Processor;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The ids of a PCI device, and its revision when the user gave one.
///
/// @param revision 0 when none was given
/// @param processor that the user named instead of the id of its GPU, null when the id was given
public record DeviceId(PciId id, int revision, @Nullable Processor processor) {
    /// `8086:46d4:0c` with any of its parts, as lspci, sysfs and people write them.
    private static final Pattern ID =
            Pattern.compile(
                    "\\[?(?:(?:0x)?([0-9a-f]{4}):)?(?:0x)?([0-9a-f]{4})(?::([0-9a-f]{2}))?\\]?");

    /// `0000:00:02.0`, also without its first parts, as `lspci -s` takes it.
    private static final Pattern ADDRESS =
            Pattern.compile("(?:(?:[0-9a-f]{4}:)?[0-9a-f]{1,2}:)?[0-9a-f]{1,2}\\.[0-7]");

    /// A processor whose GPU is switched off: `i5-12400F`, `i9-9900KF`.
    private static final Pattern WITHOUT_GPU = Pattern.compile("(.*\\d{3}K?)[Ff]");

    private static final Pattern MODEL_NUMBER =
            Pattern.compile(".*[g-z].*\\d{2}.*|.*\\d{3}[g-z].*");

    /// Reads `8086:46d4`, `8086:46d4:0c`, `46d4`, `[8086:46d4]`, or the name of a processor.
    ///
    /// @throws IllegalArgumentException when the text has none of these forms
    static DeviceId of(String text) {
        Matcher id = ID.matcher(text.toLowerCase(Locale.ROOT));
        if (!id.matches()) {
            refuseAddress(text);
            return ofProcessor(text);
        }
        int revision = id.group(3) == null ? 0 : HexFormat.fromHexDigits(id.group(3));
        PciId device = pciId(id, text);
        boolean bare = id.group(1) == null && revision == 0;
        if (bare && !Knowledge.knows(device) && !Knowledge.processors(text).isEmpty()) {
            return ofProcessor(text);
        }
        return new DeviceId(device, revision, null);
    }

    /// Reads the id of any device in the same forms, without a revision.
    ///
    /// @throws IllegalArgumentException when the text is not one
    static PciId idOf(String text) {
        Matcher id = ID.matcher(text.toLowerCase(Locale.ROOT));
        if (id.matches() && id.group(3) == null) {
            return pciId(id, text);
        }
        refuseAddress(text);
        throw new IllegalArgumentException(
                "\"" + text + "\" is not a PCI id like 8086:46d4 (lspci -nn shows it)");
    }

    private static PciId pciId(Matcher id, String text) {
        int device = HexFormat.fromHexDigits(id.group(2));
        int vendor = id.group(1) == null ? PciId.INTEL : HexFormat.fromHexDigits(id.group(1));
        if (device == PciId.INTEL && id.group(1) == null) {
            throw new IllegalArgumentException(
                    "8086 is the vendor, Intel: the id of the device follows it, such as"
                            + " 8086:46d4");
        }
        if (device == PciId.INTEL && vendor != PciId.INTEL) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" has the vendor last: write " + new PciId(device, vendor));
        }
        return new PciId(vendor, device);
    }

    private static void refuseAddress(String text) {
        if (ADDRESS.matcher(text.toLowerCase(Locale.ROOT)).matches()) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\" is the address of a device, not its id: lspci -nn -s "
                            + text
                            + " shows the id, such as [8086:46d4]");
        }
    }

    private static DeviceId ofProcessor(String text) {
        List<Processor> meant = Knowledge.processors(text);
        if (meant.isEmpty()) {
            throw new IllegalArgumentException(unknown(text));
        }
        if (meant.size() > 1) {
            List<String> names = meant.stream().map(Processor::name).toList();
            throw new IllegalArgumentException("\"" + text + "\" may be " + ValueType.list(names));
        }
        Processor processor = meant.getFirst();
        if (processor.ids().size() > 1) {
            List<String> ids = new ArrayList<>();
            processor.ids().forEach(id -> ids.add(id.toString()));
            throw new IllegalArgumentException(
                    processor.name()
                            + " was seen with "
                            + String.join(" and with ", ids)
                            + ": lspci -nn -s 02.0 shows which one it is");
        }
        return new DeviceId(processor.ids().getFirst(), 0, processor);
    }

    private static String unknown(String text) {
        Matcher withoutGpu = WITHOUT_GPU.matcher(text);
        if (withoutGpu.matches() && !Knowledge.processors(withoutGpu.group(1)).isEmpty()) {
            return "\"" + text + "\" has no integrated GPU: Intel's F at the end of a name says so";
        }
        return MODEL_NUMBER.matcher(text.toLowerCase(Locale.ROOT)).matches()
                ? "\""
                        + text
                        + "\" is not a processor that igdrom knows: lspci -nn -s 02.0 shows the id"
                        + " of its GPU, such as [8086:46d4]"
                : "\""
                        + text
                        + "\" is not a PCI id like 8086:46d4 or, with its revision, 8086:46d4:0c"
                        + " (lspci -nn -s 02.0 shows both), nor a processor like N100";
    }
}
