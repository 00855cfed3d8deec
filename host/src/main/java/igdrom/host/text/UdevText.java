package igdrom.host.text;

import igdrom.formats.pci.PciId;
import igdrom.host.OperatingSystem;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The output of `udevadm info --export-db`: its PCI functions, and the machine's names.
///
/// Source: Linux, drivers/pci/pci-driver.c (pci_uevent), drivers/firmware/dmi-id.c (modalias).
final class UdevText implements TextReader {
    private static final Pattern PROPERTY = Pattern.compile("^E: ([A-Z0-9_]+)=(.*)$");
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\\.[0-7]");
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{1,6}");
    private static final Pattern ID = Pattern.compile("[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}");
    private static final Pattern PART = Pattern.compile("(?<=[:]|^)(bvr|bd|svn|pn|rn)([^:]*):");

    /// More properties than any device has.
    private static final int MAX_PROPERTIES = 200;

    @Override
    public String name() {
        return "udevadm";
    }

    @Override
    public boolean read(TextFile file, FactSheet sheet) {
        boolean found = false;
        Map<String, String> device = new HashMap<>();
        String source = file.name();
        for (TextFile.Line line : file.lines()) {
            if (line.text().startsWith("P: ")) {
                found |= device(device, source, sheet);
                device.clear();
                source = line.source();
            }
            Matcher property = PROPERTY.matcher(line.text());
            if (property.matches() && device.size() < MAX_PROPERTIES) {
                device.put(property.group(1), property.group(2));
            }
        }
        found |= device(device, source, sheet);
        if (found) {
            sheet.system.known(OperatingSystem.LINUX, file.name());
            sheet.listing(file.name());
        }
        return found;
    }

    private static boolean device(Map<String, String> device, String source, FactSheet sheet) {
        String subsystem = device.getOrDefault("SUBSYSTEM", "");
        String address = device.getOrDefault("PCI_SLOT_NAME", "");
        if (subsystem.equals("dmi")) {
            machine(device.getOrDefault("MODALIAS", ""), source, sheet);
            return true;
        }
        if (!subsystem.equals("pci") || !ADDRESS.matcher(address).matches()) {
            return false;
        }
        FunctionFacts facts = sheet.function(address);
        String code = device.getOrDefault("PCI_CLASS", "");
        if (HEX.matcher(code).matches()) {
            facts.classCode.known(Integer.parseInt(code, 16), source);
        }
        id(device, "PCI_ID").ifPresent(id -> facts.id.known(id, source));
        id(device, "PCI_SUBSYS_ID").ifPresent(id -> facts.subsystem.known(id, source));
        facts.driver.known(Optional.ofNullable(device.get("DRIVER")), source);
        return true;
    }

    private static Optional<PciId> id(Map<String, String> device, String name) {
        String id = device.getOrDefault(name, "");
        return ID.matcher(id).matches()
                ? Optional.of(PciId.of(id.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /// `dmi:bvn…:bvr0012:bd03/07/2022:…:svnAAEON:pnMAX-Q470A:…`, without blanks.
    private static void machine(String alias, String source, FactSheet sheet) {
        Matcher parts = PART.matcher(alias);
        while (parts.find()) {
            String value = parts.group(2);
            Slot<String> slot =
                    switch (parts.group(1)) {
                        case "bvr" -> sheet.version;
                        case "bd" -> sheet.date;
                        case "svn" -> sheet.vendor;
                        case "pn" -> sheet.product;
                        default -> sheet.board;
                    };
            slot.known(value, source);
        }
    }
}
