package igdrom.plan.host;

import igdrom.host.BootFirmware;
import igdrom.host.Fact;
import java.util.Optional;

/// Whether UEFI or a legacy BIOS started the host.
final class BootModeCheck {
    private static final int USUAL_BITS = 64;

    private BootModeCheck() {}

    static HostCheck of(Host host) {
        BootFirmware firmware = host.facts().firmware();
        Fact<Boolean> uefi = firmware.uefi();
        boolean logo = firmware.bootLogo().value().orElse(false);
        Optional<Boolean> known = uefi.value();
        if (known.isEmpty()) {
            return logo
                    ? HostCheck.ok(
                            CheckName.BOOT_MODE,
                            "UEFI, since the firmware left a boot logo (BGRT)",
                            firmware.bootLogo())
                    : HostCheck.unknown(
                            CheckName.BOOT_MODE,
                            "whether UEFI or a legacy BIOS started it is not recorded",
                            uefi);
        }
        if (!known.get()) {
            return HostCheck.warning(
                            CheckName.BOOT_MODE,
                            "legacy BIOS boot: no UEFI GOP ran on this host, which does not mean"
                                    + " that its firmware has none",
                            uefi)
                    .with(
                            Fix.Do.of(
                                    "nothing, if the image of the firmware has a GOP; to see one"
                                            + " run, once the installed system can start by UEFI: "
                                            + FirmwareSetting.CSM.instruction()));
        }
        int bits = firmware.uefiBits().value().orElse(USUAL_BITS);
        if (bits != USUAL_BITS) {
            return HostCheck.warning(
                    CheckName.BOOT_MODE,
                    bits
                            + "-bit UEFI: its GOP is for 32-bit firmware, and OVMF starts 64-bit"
                            + " drivers only",
                    firmware.uefiBits());
        }
        String secureBoot =
                firmware.secureBoot()
                        .value()
                        .map(on -> on ? ", Secure Boot on" : ", Secure Boot off")
                        .orElse("");
        return HostCheck.ok(
                CheckName.BOOT_MODE,
                "UEFI" + secureBoot + (logo ? ", with a boot logo (BGRT)" : ""),
                uefi,
                firmware.secureBoot());
    }
}
