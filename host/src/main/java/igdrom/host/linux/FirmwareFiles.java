package igdrom.host.linux;

import igdrom.bytes.Image;
import igdrom.host.BootFirmware;
import igdrom.host.Fact;
import igdrom.host.Identifiers;
import java.util.ArrayList;
import java.util.List;

/// How the firmware started the kernel: `/sys/firmware`, `/sys/class/dmi`, the lockdown.
///
/// Source: Linux, Documentation/ABI/testing/sysfs-firmware-efi, sysfs-firmware-acpi,
/// sysfs-firmware-dmi-tables; security/lockdown/lockdown.c.
record FirmwareFiles(HostRoot root) {
    private static final String EFI = "/sys/firmware/efi";
    private static final String VARIABLES = EFI + "/efivars/";
    private static final String ACPI = "/sys/firmware/acpi";
    private static final String BGRT = ACPI + "/bgrt";
    private static final String DMI = "/sys/class/dmi/id/";
    private static final String MTD = "/sys/class/mtd";

    /// Spec: UEFI 2.10, 3.3, EFI_GLOBAL_VARIABLE.
    private static final String GLOBAL = "-8be4df61-93ca-11d2-aa0d-00e098032b8c";

    /// The attributes come before the value.
    private static final int ATTRIBUTES_SIZE = 4;

    /// Larger than any variable that is read.
    private static final int MAX_VARIABLE = 4 << 10;

    /// @param logged what the kernel's log says
    BootFirmware firmware(BootFirmware logged) {
        Fact<Boolean> uefi = uefi();
        AcpiFiles acpi = new AcpiFiles(root);
        boolean legacy = !uefi.value().orElse(true);
        return new BootFirmware(
                uefi,
                Numbers.decimal(root.text(EFI + "/fw_platform_size")),
                legacy ? uefi : secureBoot().or(logged.secureBoot()),
                bootLogo(),
                legacy ? uefi.map(_ -> List.of()) : consoles(),
                flash(),
                lockdown(root.text("/sys/kernel/security/lockdown")),
                dmi("sys_vendor"),
                dmi("product_name"),
                dmi("board_name"),
                dmi("bios_version"),
                dmi("bios_date"),
                acpi.tables(),
                acpi.configWindows());
    }

    private Fact<Boolean> uefi() {
        if (root.exists(EFI)) {
            return new Fact.Known<>(true, EFI);
        }
        return root.exists("/sys/firmware")
                ? new Fact.Known<>(false, EFI)
                : new Fact.Unknown<>(EFI, HostRoot.MISSING);
    }

    private Fact<Boolean> secureBoot() {
        return parseSwitch(variable("SecureBoot"));
    }

    /// A variable of one byte.
    static Fact<Boolean> parseSwitch(Fact<Image> variable) {
        return switch (variable) {
            case Fact.Unknown<Image>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<Image>(Image value, String source) ->
                    value.size() == 1 && value.u8(0) <= 1
                            ? new Fact.Known<>(value.u8(0) == 1, source)
                            : new Fact.Unknown<>(source, "is neither 0 nor 1");
        };
    }

    private Fact<List<String>> consoles() {
        return switch (variable("ConOut")) {
            case Fact.Unknown<Image>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<Image>(Image value, String source) -> ConsolePaths.parse(value, source);
        };
    }

    /// The value of a global variable, without its attributes.
    private Fact<Image> variable(String name) {
        String path = VARIABLES + name + GLOBAL;
        Fact<Image> file =
                root.bytes(
                        path, MAX_VARIABLE, name.equals("ConOut") ? ConsolePaths::cleaned : i -> i);
        return switch (file) {
            case Fact.Unknown<Image>(String source, String reason) ->
                    new Fact.Unknown<>(
                            source,
                            root.namesIn(VARIABLES).isEmpty() ? "efivarfs is not mounted" : reason);
            case Fact.Known<Image>(Image image, String source) ->
                    image.size() > ATTRIBUTES_SIZE
                            ? new Fact.Known<>(image.from(ATTRIBUTES_SIZE), source)
                            : new Fact.Unknown<>(source, "has no value");
        };
    }

    private Fact<Boolean> bootLogo() {
        if (root.exists(BGRT)) {
            return new Fact.Known<>(true, BGRT);
        }
        return root.namesIn(ACPI).isEmpty()
                ? new Fact.Unknown<>(BGRT, HostRoot.MISSING)
                : new Fact.Known<>(false, BGRT);
    }

    /// Names of MTD devices; empty where the kernel shows none.
    private Fact<List<String>> flash() {
        Fact<List<String>> devices = root.names(MTD);
        if (devices.value().isEmpty() && !root.exists(MTD) && root.exists("/sys/class")) {
            return new Fact.Known<>(List.of(), MTD);
        }
        return devices.map(names -> {
            List<String> found = new ArrayList<>();
            for (String name : names) {
                if (name.matches("mtd[0-9]+")) {
                    root.text(MTD + "/" + name + "/name").value().ifPresent(found::add);
                }
            }
            return found;
        });
    }

    /// The word in brackets: `none [integrity] confidentiality`.
    static Fact<String> lockdown(Fact<String> text) {
        return switch (text) {
            case Fact.Unknown<String>(String source, String reason) ->
                    new Fact.Unknown<>(
                            source,
                            reason.equals(HostRoot.MISSING)
                                    ? "securityfs is not mounted, or the kernel has no lockdown"
                                    : reason);
            case Fact.Known<String>(String known, String source) -> {
                int open = known.indexOf('[');
                int close = known.indexOf(']', open + 1);
                yield open >= 0 && close > open + 1
                        ? new Fact.Known<>(known.substring(open + 1, close), source)
                        : new Fact.Unknown<>(
                                source, "has no word in brackets: " + Numbers.excerpt(known));
            }
        };
    }

    private Fact<String> dmi(String name) {
        return root.text(DMI + name, HostRoot.MAX_TEXT, Identifiers::removed);
    }
}
