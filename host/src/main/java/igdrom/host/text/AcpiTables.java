package igdrom.host.text;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.acpi.Dmar;
import igdrom.formats.acpi.Mcfg;
import igdrom.host.AcpiTable;
import igdrom.host.Fact;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tables of ACPI: a binary one, the output of acpidump, or a list of headers. Only DMAR and MCFG
/// are read; of BGRT, that it is there.
///
/// Spec: ACPI 6.5, 5.2.6. Source: acpica, source/tools/acpidump.
final class AcpiTables implements TextReader {
    private static final int HEADER_SIZE = 36;

    /// `DMAR @ 0x00000000BED9D4C8`.
    private static final Pattern DUMPED =
            Pattern.compile("^([A-Z0-9_!]{4}) @ 0x[0-9A-Fa-f]{8,16}$");

    private static final Pattern BYTES =
            Pattern.compile(
                    "^ *([0-9A-Fa-f]{4,8}): ((?:[0-9A-Fa-f]{2} ){0,15}[0-9A-Fa-f]{2})(?: .*)?$");

    /// A header in columns: signature, length, revision, maker.
    private static final Pattern LISTED =
            Pattern.compile("^([A-Z0-9_!]{4})\\t([0-9]{2,9})\\t[0-9-]{1,3}\\t.*");

    private static final String DMAR = "DMAR";
    private static final String MCFG = "MCFG";
    private static final String BGRT = "BGRT";

    /// Tables that every PC has: a list without them is not whole.
    private static final List<String> ALWAYS = List.of("DSDT", "FACP", "APIC");

    /// Maximum size of a dumped table.
    private static final int MAX_TABLE = 64 << 10;

    @Override
    public String name() {
        return "ACPI tables";
    }

    @Override
    public boolean read(TextFile file, FactSheet sheet) {
        return file.contents().value().filter(AcpiTables::isTable).isPresent()
                ? binary(file, sheet)
                : text(file, sheet);
    }

    private static boolean isTable(Image image) {
        return image.size() >= HEADER_SIZE
                && image.u32(4) == image.size()
                && image.sum8() == 0
                && image.slice(0, 4).latin1().matches("[A-Z0-9_!]{4}");
    }

    private static boolean binary(TextFile file, FactSheet sheet) {
        Image table = file.contents().value().orElseThrow();
        table(table.slice(0, 4).latin1(), table, file.name(), sheet);
        return true;
    }

    private static void table(String signature, Image table, String source, FactSheet sheet) {
        if (signature.equals(DMAR)) {
            sheet.dmar.put(dmar(table, source));
        } else if (signature.equals(MCFG)) {
            sheet.configWindows.put(windows(table, source));
        } else if (signature.equals(BGRT)) {
            sheet.bootLogo.known(true, source);
        }
    }

    private static Fact<List<Mcfg.Window>> windows(Image table, String source) {
        try {
            return new Fact.Known<>(Mcfg.read(table, Location.root(MCFG)).windows(), source);
        } catch (MalformedImageException e) {
            return new Fact.Unknown<>(source, String.valueOf(e.getMessage()));
        }
    }

    private static Fact<Optional<Dmar>> dmar(Image table, String source) {
        try {
            return new Fact.Known<>(Optional.of(Dmar.read(table, Location.root(DMAR))), source);
        } catch (MalformedImageException e) {
            return new Fact.Unknown<>(source, String.valueOf(e.getMessage()));
        }
    }

    private static boolean text(TextFile file, FactSheet sheet) {
        Set<String> seen = new HashSet<>();
        @Nullable Dump dump = null;
        for (TextFile.Line line : file.lines()) {
            Matcher dumped = DUMPED.matcher(line.text());
            Matcher listed = LISTED.matcher(line.text());
            if (dumped.matches()) {
                addTo(sheet, dump);
                dump = new Dump(dumped.group(1), line.source());
                seen.add(dump.signature);
            } else if (listed.matches()) {
                seen.add(listed.group(1));
                if (listed.group(1).equals(BGRT)) {
                    sheet.bootLogo.known(true, line.source());
                }
            } else if (dump != null) {
                dump.line(line.text());
            }
        }
        addTo(sheet, dump);
        if (seen.containsAll(ALWAYS)) {
            absent(seen, file.name(), sheet);
        }
        return !seen.isEmpty();
    }

    private static void addTo(FactSheet sheet, @Nullable Dump dump) {
        if (dump != null) {
            table(dump.signature, dump.table(), dump.source, sheet);
        }
    }

    private static void absent(Set<String> seen, String source, FactSheet sheet) {
        sheet.tables.known(
                seen.stream()
                        .sorted()
                        .map(name ->
                                new AcpiTable(name, new Fact.Unknown<>(source, "not looked at")))
                        .toList(),
                source);
        if (!seen.contains(MCFG)) {
            sheet.configWindows.known(List.of(), source);
        }
        if (!seen.contains(DMAR)) {
            sheet.dmar.known(Optional.empty(), source);
        }
        if (!seen.contains(BGRT)) {
            sheet.bootLogo.known(false, source);
        }
    }

    /// One table of acpidump's output. Only the bytes of DMAR and MCFG are kept: others hold
    /// licence keys.
    private static final class Dump {
        private final String signature;
        private final String source;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Dump(String signature, String source) {
            this.signature = signature;
            this.source = source;
        }

        void line(String text) {
            Matcher hex = BYTES.matcher(text);
            if ((signature.equals(DMAR) || signature.equals(MCFG))
                    && hex.matches()
                    && HexFormat.fromHexDigits(hex.group(1)) == bytes.size()
                    && bytes.size() < MAX_TABLE) {
                bytes.writeBytes(Image.ofHex(hex.group(2)).toByteArray());
            }
        }

        Image table() {
            return Image.of(bytes.toByteArray());
        }
    }
}
