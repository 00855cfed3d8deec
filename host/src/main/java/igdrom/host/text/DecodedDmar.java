package igdrom.host.text;

import igdrom.formats.acpi.Dmar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// DMAR as FreeBSD's acpidump decodes it.
///
/// Source: FreeBSD, usr.sbin/acpi/acpidump/acpi.c (acpi_handle_dmar).
final class DecodedDmar {
    private static final Pattern FIELD = Pattern.compile("^([A-Za-z ]+)=(.*)$");
    private static final Pattern ADDRESS = Pattern.compile("^0x([0-9a-f]{1,16})$");
    private static final Pattern PATH = Pattern.compile("^\\{([0-9]{1,2}):([0-7])\\}$");
    private static final String ENDPOINT = "PCI Endpoint Device";
    private static final List<String> TYPES = List.of("DRHD", "RMRR", "ATSR", "RHSA");
    private static final Pattern NUMBER = Pattern.compile("^[0-9]{1,5}$");

    /// Two tabulators: the devices of a structure are below it.
    private static final String IN_SCOPE = "\t\t";

    private static final int MAX_STRUCTURES = 256;

    private final Map<String, String> structure = new HashMap<>();
    private final List<String> devices = new ArrayList<>();
    private final List<Dmar.Unit> units = new ArrayList<>();
    private final List<Dmar.ReservedMemory> reserved = new ArrayList<>();
    private final List<Integer> types = new ArrayList<>();
    private String scope = "";
    private Optional<Integer> bus = Optional.empty();
    private Optional<Integer> width = Optional.empty();

    void line(String line) {
        Matcher field = FIELD.matcher(line.strip());
        if (!field.matches()) {
            return;
        }
        String name = field.group(1);
        String value = field.group(2);
        if (line.startsWith(IN_SCOPE)) {
            device(name, value);
        } else if (name.equals("Host Address Width")) {
            width = number(value);
        } else if (name.equals("Type")) {
            finish();
            structure.put(name, value);
        } else {
            structure.put(name, value);
        }
    }

    /// A device in the scope of a structure.
    private void device(String name, String value) {
        switch (name) {
            case "Type" -> scope = value;
            case "StartBusNumber" -> bus = number(value);
            case "Path" -> path(value);
            default -> {}
        }
    }

    private void path(String value) {
        Matcher path = PATH.matcher(value);
        Optional<Integer> segment = number(structure.getOrDefault("Segment", ""));
        if (scope.equals(ENDPOINT) && path.matches() && bus.isPresent() && segment.isPresent()) {
            devices.add(
                    "%04x:%02x:%02x.%s"
                            .formatted(
                                    segment.get(),
                                    bus.get(),
                                    Integer.parseInt(path.group(1)),
                                    path.group(2)));
        }
    }

    private void finish() {
        String name = structure.getOrDefault("Type", "");
        boolean isKnown = TYPES.contains(name) || NUMBER.matcher(name).matches();
        if (!isKnown || types.size() >= MAX_STRUCTURES) {
            structure.clear();
            devices.clear();
            return;
        }
        types.add(TYPES.contains(name) ? TYPES.indexOf(name) : Integer.parseInt(name));
        if (name.equals("DRHD")) {
            address("Address")
                    .ifPresent(base ->
                            units.add(
                                    new Dmar.Unit(
                                            base,
                                            structure
                                                    .getOrDefault("Flags", "")
                                                    .contains("INCLUDE_ALL"),
                                            devices)));
        } else if (name.equals("RMRR")) {
            Optional<Long> base = address("BaseAddress");
            Optional<Long> last = address("LimitAddress");
            if (base.isPresent() && last.isPresent()) {
                reserved.add(new Dmar.ReservedMemory(base.get(), last.get(), devices));
            }
        }
        structure.clear();
        devices.clear();
        scope = "";
    }

    private Optional<Long> address(String name) {
        Matcher address = ADDRESS.matcher(structure.getOrDefault(name, ""));
        return address.matches()
                ? Optional.of(HexFormat.fromHexDigitsToLong(address.group(1)))
                : Optional.empty();
    }

    private static Optional<Integer> number(String text) {
        return NUMBER.matcher(text).matches()
                ? Optional.of(Integer.parseInt(text))
                : Optional.empty();
    }

    /// The table; empty when no address width was printed.
    Optional<Dmar> table() {
        finish();
        return width.map(bits -> new Dmar(bits, units, reserved, types));
    }
}
