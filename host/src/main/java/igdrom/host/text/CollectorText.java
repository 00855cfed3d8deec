package igdrom.host.text;

import igdrom.formats.pci.PciId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The output of coreboot-collector, which System76 publishes for its machines.
///
/// Source: github.com/system76/coreboot-collector, src/main.rs.
final class CollectorText implements TextReader {
    private static final Pattern FUNCTION =
            Pattern.compile(
                    "^PCI Device: ([0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\\.[0-7]): Class"
                            + " 0x([0-9A-F]{8}), Vendor 0x([0-9A-F]{4}), Device 0x([0-9A-F]{4}),"
                            + " Revision 0x([0-9A-F]{2})$");

    @Override
    public String name() {
        return "coreboot-collector";
    }

    @Override
    public boolean read(TextFile file, FactSheet sheet) {
        boolean found = false;
        for (TextFile.Line line : file.lines()) {
            Matcher function = FUNCTION.matcher(line.text());
            if (function.matches()) {
                found = true;
                FunctionFacts facts = sheet.function(function.group(1));
                facts.classCode.known(hex(function.group(2)) & 0xff_ffff, line.source());
                facts.id.known(
                        new PciId(hex(function.group(3)), hex(function.group(4))), line.source());
                facts.revision.known(hex(function.group(5)), line.source());
            }
        }
        if (found) {
            sheet.listing(file.name());
        }
        return found;
    }

    private static int hex(String digits) {
        return Integer.parseUnsignedInt(digits, 16);
    }
}
