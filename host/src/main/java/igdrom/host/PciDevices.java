package igdrom.host;

import igdrom.formats.pci.PciId;
import java.util.HexFormat;

/// PCI functions, in `/sys/bus/pci/devices`.
///
/// Source: Linux, Documentation/ABI/testing/sysfs-bus-pci.
record PciDevices(HostRoot root) {
    private static final String DIRECTORY = "/sys/bus/pci/devices/";
    private static final String USUAL_IGD = "0000:00:02.0";
    private static final int DISPLAY_CLASS = 0x03;

    /// Maximum number of hexadecimal digits that fit into an int without its sign.
    private static final int MAX_DIGITS = 7;

    /// The address of Intel's graphics: 00:02.0, or another one on the first bus.
    String igdAddress() {
        if (isIntelDisplay(USUAL_IGD)) {
            return USUAL_IGD;
        }
        for (String address : root.names(DIRECTORY)) {
            if (address.startsWith("0000:00:") && isIntelDisplay(address)) {
                return address;
            }
        }
        return USUAL_IGD;
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
                root.bytes(directory + "/config", PciFunction.CONFIG_SIZE));
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
