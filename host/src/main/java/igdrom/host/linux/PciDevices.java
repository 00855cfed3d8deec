package igdrom.host.linux;

import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import igdrom.host.PciFunction;
import igdrom.host.PciFunctions;
import igdrom.host.PciUse;
import igdrom.host.VirtualFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// PCI functions, in `/sys/bus/pci/devices`.
///
/// Source: Linux, Documentation/ABI/testing/sysfs-bus-pci.
record PciDevices(HostRoot root) {
    static final String DIRECTORY = "/sys/bus/pci/devices";

    private static final int DISPLAY_CLASS = 0x03;
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    PciFunctions functions() {
        return switch (root.names(DIRECTORY)) {
            case Fact.Unknown<List<String>>(String source, String reason) ->
                    PciFunctions.unknown(source, reason);
            case Fact.Known<List<String>>(List<String> names, String source) -> {
                List<PciFunction> functions = new ArrayList<>();
                for (String name : names) {
                    if (ADDRESS.matcher(name).matches()) {
                        functions.add(function(name));
                    }
                }
                yield PciFunctions.of(functions, source);
            }
        };
    }

    /// The directory of a function, such as `0000:00:02.0`.
    static String directory(String address) {
        return DIRECTORY + "/" + address;
    }

    private PciFunction function(String address) {
        String directory = directory(address);
        Fact<Integer> classCode = number(directory + "/class");
        return new PciFunction(
                address,
                id(directory, "vendor", "device"),
                number(directory + "/revision"),
                classCode,
                id(directory, "subsystem_vendor", "subsystem_device"),
                config(address, classCode.value().orElse(0)),
                use(directory));
    }

    /// Only of the functions that a ROM depends on.
    private Fact<Image> config(String address, int classCode) {
        String path = directory(address) + "/config";
        boolean wanted =
                address.equals(PciFunctions.HOST_BRIDGE)
                        || address.equals(PciFunctions.LPC_BRIDGE)
                        || classCode >>> 16 == DISPLAY_CLASS;
        return wanted
                ? root.bytes(path, PciFunction.CONFIG_SIZE)
                : new Fact.Unknown<>(path, "not needed");
    }

    private PciUse use(String directory) {
        return new PciUse(
                root.link(directory + "/driver"),
                root.text(directory + "/driver_override").map(PciDevices::parseOverride),
                group(root.link(directory + "/iommu_group")),
                PciResources.parse(root.text(directory + "/resource")),
                flag(root.text(directory + "/boot_vga")),
                resetMethods(directory),
                root.text(directory + "/power_state"),
                flag(root.text(directory + "/d3cold_allowed")),
                root.link(directory + "/physfn"),
                virtualFunctions(directory));
    }

    /// The file holds `(null)` where nothing was written to it.
    static Optional<String> parseOverride(String text) {
        return text.isEmpty() || text.equals("(null)") ? Optional.empty() : Optional.of(text);
    }

    private static Fact<Optional<Integer>> group(Fact<Optional<String>> link) {
        if (link.value().flatMap(name -> name).isEmpty()) {
            return link.map(_ -> Optional.empty());
        }
        return Numbers.decimal(link.map(name -> name.orElse(""))).map(Optional::of);
    }

    static Fact<Boolean> flag(Fact<String> text) {
        return switch (text) {
            case Fact.Known<String>(String known, String source)
                    when !known.equals("0") && !known.equals("1") ->
                    new Fact.Unknown<>(source, "is neither 0 nor 1");
            case Fact.Known<String> known -> known.map(one -> one.equals("1"));
            case Fact.Unknown<String>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
        };
    }

    /// The file is missing where a device has no method, and before Linux 5.15; then `reset` alone
    /// says that there is one.
    private Fact<List<String>> resetMethods(String directory) {
        String path = directory + "/reset_method";
        Fact<String> methods = root.text(path);
        if (methods instanceof Fact.Known<String>(String text, String source)) {
            return new Fact.Known<>(List.of(BLANKS.split(text)), source);
        }
        if (root.exists(path)) {
            return methods.map(List::of);
        }
        return root.exists(directory + "/reset")
                ? new Fact.Unknown<>(path, "a reset is there, but this kernel does not name it")
                : new Fact.Known<>(List.of(), path);
    }

    private Fact<VirtualFunctions> virtualFunctions(String directory) {
        String path = directory + "/sriov_totalvfs";
        if (!root.exists(path)) {
            return new Fact.Known<>(new VirtualFunctions(0, 0), path);
        }
        Fact<Integer> total = Numbers.decimal(root.text(path));
        Fact<Integer> enabled = Numbers.decimal(root.text(directory + "/sriov_numvfs"));
        return total.value().isEmpty()
                ? total.map(number -> new VirtualFunctions(number, 0))
                : enabled.map(number -> new VirtualFunctions(total.value().orElseThrow(), number));
    }

    private Fact<PciId> id(String directory, String vendorFile, String deviceFile) {
        Fact<Integer> vendor = number(directory + "/" + vendorFile);
        Fact<Integer> device = number(directory + "/" + deviceFile);
        return vendor.value().isEmpty()
                ? vendor.map(number -> PciId.intel(number & 0xffff))
                : device.map(number ->
                        new PciId(vendor.value().orElseThrow() & 0xffff, number & 0xffff));
    }

    private Fact<Integer> number(String path) {
        return Numbers.hexadecimal(root.text(path));
    }
}
