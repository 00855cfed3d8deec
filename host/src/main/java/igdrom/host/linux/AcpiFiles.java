package igdrom.host.linux;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.acpi.Mcfg;
import igdrom.host.AcpiTable;
import igdrom.host.Fact;
import igdrom.host.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The tables in `/sys/firmware/acpi/tables`. Everybody sees which there are, root alone what is in
/// them. Of the code in DSDT and SSDT only the header and two names are looked at.
///
/// Source: Linux, Documentation/ABI/testing/sysfs-firmware-acpi. Spec: ACPI 6.5, 5.2.6 and 20.2.2.
record AcpiFiles(HostRoot root) {
    static final String TABLES = "/sys/firmware/acpi/tables";

    private static final String MCFG = TABLES + "/MCFG";

    /// Without MSDM, which holds a key of Windows.
    private static final Pattern NAME = Pattern.compile("(?!MSDM)[A-Z0-9_!]{4}[0-9]{0,3}");

    private static final Pattern CODE = Pattern.compile("(?:DSDT|SSDT)[0-9]{0,3}");

    /// Larger than any table with code, of which the largest have half a MiB.
    private static final int MAX_CODE = 8 << 20;

    /// 256 windows and more.
    private static final int MAX_MCFG = 8 << 10;

    private static final int HEADER_SIZE = 36;
    private static final Image GRAPHICS = Image.ofAscii("GFX0");
    private static final Image ROM = Image.ofAscii("_ROM");

    /// The tables, in the order of their names.
    Fact<List<AcpiTable>> tables() {
        return root.names(TABLES)
                .map(names -> {
                    List<AcpiTable> tables = new ArrayList<>();
                    for (String name : names) {
                        if (NAME.matcher(name).matches()) {
                            tables.add(new AcpiTable(name, definition(name)));
                        }
                    }
                    return List.copyOf(tables);
                });
    }

    private Fact<AcpiTable.Definition> definition(String name) {
        String path = TABLES + "/" + name;
        if (!CODE.matcher(name).matches()) {
            root.copy().unreadable(path);
            return new Fact.Unknown<>(path, "not needed");
        }
        return switch (root.bytes(path, MAX_CODE, AcpiFiles::excerpt)) {
            case Fact.Unknown<Image>(String source, String reason) ->
                    new Fact.Unknown<>(
                            source, reason.equals(HostRoot.EMPTY) ? "has no header" : reason);
            case Fact.Known<Image> excerpt -> excerpt.map(AcpiFiles::parse);
        };
    }

    /// All that is kept of a table: its header, and the names that were found after it.
    static Image excerpt(Image table) {
        if (table.size() < HEADER_SIZE) {
            return Image.EMPTY;
        }
        Image code = table.from(HEADER_SIZE);
        Emitter out = new Emitter().image(table.slice(0, HEADER_SIZE));
        for (Image name : List.of(GRAPHICS, ROM)) {
            if (code.contains(name)) {
                out.image(name);
            }
        }
        return out.toImage();
    }

    static AcpiTable.Definition parse(Image excerpt) {
        Image code = excerpt.from(HEADER_SIZE);
        return new AcpiTable.Definition(
                excerpt.u32(4),
                text(excerpt.slice(10, 6)),
                text(excerpt.slice(16, 8)),
                code.contains(GRAPHICS),
                code.contains(ROM));
    }

    /// Padded with zeros or blanks; makers write what they like.
    private static String text(Image field) {
        StringBuilder text = new StringBuilder();
        for (char character : field.latin1().toCharArray()) {
            boolean printable = character > ' ' && character < 0x7f;
            text.append(printable ? character : ' ');
        }
        return Identifiers.removed(text.toString().strip());
    }

    /// Where config space is in memory; empty where the firmware has no such table.
    Fact<List<Mcfg.Window>> configWindows() {
        List<String> names = root.namesIn(TABLES);
        if (!names.isEmpty() && !names.contains("MCFG")) {
            return new Fact.Known<>(List.of(), MCFG);
        }
        return switch (root.bytes(MCFG, MAX_MCFG)) {
            case Fact.Unknown<Image>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<Image>(Image image, String source) -> {
                try {
                    yield new Fact.Known<>(
                            Mcfg.read(image, Location.root(source)).windows(), source);
                } catch (MalformedImageException e) {
                    yield new Fact.Unknown<>(source, e.problem());
                }
            }
        };
    }
}
