package igdrom.host;

import igdrom.formats.acpi.Mcfg;
import java.util.List;

/// How the host's firmware started its kernel.
///
/// @param uefi whether by UEFI, not as a legacy BIOS does
/// @param uefiBits 64, or 32 on some tablets
/// @param secureBoot whether Secure Boot is on
/// @param bootLogo whether it left a picture (ACPI BGRT): some GOP drew one
/// @param consoles display functions of the firmware's console (variable ConOut), as `lspci -P`
///   writes them: `00:02.0`, or `00:01.0/00.0` behind a bridge
/// @param flash names of the MTD devices through which Linux shows the flash, such as `BIOS`
/// @param lockdown of the kernel: `none`, `integrity` or `confidentiality`
/// @param vendor of the machine
/// @param product name of the machine
/// @param board name of the board
/// @param version of the firmware
/// @param date of the firmware
/// @param tables of ACPI
/// @param configWindows where the config space of PCI functions is in memory (ACPI MCFG); empty
///   where the firmware does not say it
public record BootFirmware(
        Fact<Boolean> uefi,
        Fact<Integer> uefiBits,
        Fact<Boolean> secureBoot,
        Fact<Boolean> bootLogo,
        Fact<List<String>> consoles,
        Fact<List<String>> flash,
        Fact<String> lockdown,
        Fact<String> vendor,
        Fact<String> product,
        Fact<String> board,
        Fact<String> version,
        Fact<String> date,
        Fact<List<AcpiTable>> tables,
        Fact<List<Mcfg.Window>> configWindows) {
    /// Nothing is known.
    public static BootFirmware unknown(String source, String reason) {
        return new BootFirmware(
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason));
    }

    /// These facts, and the other ones where these are unknown.
    BootFirmware or(BootFirmware other) {
        return new BootFirmware(
                uefi.or(other.uefi),
                uefiBits.or(other.uefiBits),
                secureBoot.or(other.secureBoot),
                bootLogo.or(other.bootLogo),
                consoles.or(other.consoles),
                flash.or(other.flash),
                lockdown.or(other.lockdown),
                vendor.or(other.vendor),
                product.or(other.product),
                board.or(other.board),
                version.or(other.version),
                date.or(other.date),
                tables.or(other.tables),
                configWindows.or(other.configWindows));
    }
}
