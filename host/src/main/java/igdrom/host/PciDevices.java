package igdrom.host;

import igdrom.formats.pci.PciId;
import java.util.HexFormat;
import java.util.Map;

/// PCI functions, in `/sys/bus/pci/devices`.
///
/// Source: Linux, Documentation/ABI/testing/sysfs-bus-pci.
record PciDevices(HostRoot root) {
    private static final String DIRECTORY = "/sys/bus/pci/devices/";
    private static final int DISPLAY_CLASS = 0x03;

    /// Who makes the devices that are at 00:02.0 instead, above all in virtual machines.
    ///
    /// Source: pci.ids.
    private static final Map<Integer, String> VENDORS =
            Map.of(
                    0x1af4, "a virtio",
                    0x1b36, "a QEMU",
                    0x1234, "a QEMU",
                    0x15ad, "a VMware",
                    0x1414, "a Hyper-V",
                    0x1002, "an AMD",
                    0x1022, "an AMD",
                    0x10de, "an NVIDIA");

    /// Maximum number of hexadecimal digits that fit into an int without its sign.
    private static final int MAX_DIGITS = 7;

    /// Intel's graphics. Where there are none, nothing about the device at 00:02.0 is a fact about
    /// them.
    PciFunction igd() {
        String address = igdAddress();
        PciFunction function = function(address);
        PciId id = function.id().value().orElse(null);
        int classCode = function.classCode().value().orElse(DISPLAY_CLASS << 16);
        if (id == null || (id.vendor() == PciId.INTEL && classCode >>> 16 == DISPLAY_CLASS)) {
            return function;
        }
        String path = DIRECTORY + address;
        String reason = described(id, classCode) + ", is there";
        return PciFunction.unknown(address, path, reason);
    }

    /// The device: `a virtio device, 1af4:1042`.
    private static String described(PciId id, int classCode) {
        String vendor = VENDORS.get(id.vendor());
        return vendor == null
                ? "a device of class %06x, %s".formatted(classCode, id)
                : "%s device, %s".formatted(vendor, id);
    }

    /// The address of Intel's graphics: 00:02.0, or another one on the first bus.
    private String igdAddress() {
        if (isIntelDisplay(PciFunctions.USUAL_IGD)) {
            return PciFunctions.USUAL_IGD;
        }
        for (String address : root.names(DIRECTORY)) {
            if (address.startsWith("0000:00:") && isIntelDisplay(address)) {
                return address;
            }
        }
        return PciFunctions.USUAL_IGD;
    }

    /// Everything about the function at `address`, such as `0000:00:02.0`.
    PciFunction function(String address) {
        String directory = DIRECTORY + address;
        return new PciFunction(
                address,
                id(directory, "vendor", "device"),
                number(directory + "/revision"),
                number(directory + "/class"),
                id(directory, "subsystem_vendor", "subsystem_device"),
                root.bytes(directory + "/config", PciFunction.CONFIG_SIZE),
                PciUse.unknown("the snapshot", "not recorded"));
    }

    /// Virtual functions of SR-IOV, which have a link `physfn`, are not the device that the host
    /// shows a picture with.
    private boolean isIntelDisplay(String address) {
        String directory = DIRECTORY + address;
        return number(directory + "/vendor").value().orElse(0) == PciId.INTEL
                && number(directory + "/class").value().orElse(0) >>> 16 == DISPLAY_CLASS
                && !root.exists(directory + "/physfn");
    }

    private Fact<PciId> id(String directory, String vendorFile, String deviceFile) {
        Fact<Integer> vendor = number(directory + "/" + vendorFile);
        Fact<Integer> device = number(directory + "/" + deviceFile);
        return switch (vendor) {
            case Fact.Unknown<Integer>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<Integer>(Integer vendorId, String _) ->
                    switch (device) {
                        case Fact.Known<Integer>(Integer deviceId, String source) ->
                                new Fact.Known<>(
                                        new PciId(vendorId & 0xffff, deviceId & 0xffff), source);
                        case Fact.Unknown<Integer>(String source, String reason) ->
                                new Fact.Unknown<>(source, reason);
                    };
        };
    }

    private Fact<Integer> number(String path) {
        return parseNumber(root.text(path));
    }

    /// The number in a file such as `vendor`: `0x8086`.
    static Fact<Integer> parseNumber(Fact<String> text) {
        return switch (text) {
            case Fact.Unknown<String>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<String>(String digits, String source) ->
                    isHex(digits)
                            ? new Fact.Known<>(
                                    HexFormat.fromHexDigits(digits, 2, digits.length()), source)
                            : new Fact.Unknown<>(source, "not a number: " + digits);
        };
    }

    private static boolean isHex(String digits) {
        return digits.startsWith("0x")
                && digits.length() > 2
                && digits.length() <= 2 + MAX_DIGITS
                && digits.chars().skip(2).allMatch(HexFormat::isHexDigit);
    }
}
