package igdrom.host.text;

import igdrom.host.BootLoader;
import igdrom.host.Identifiers;
import igdrom.host.LogMessage;
import igdrom.host.MemoryRange;
import igdrom.host.OperatingSystem;
import igdrom.host.ProcessorModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the log of one boot says about the machine and the kernel. Its devices are read by
/// [LogDevices], its IOMMU by [LogIommu].
///
/// Source: Linux, as [LogMessage] says; arch/x86/kernel/smpboot.c (processor);
/// drivers/acpi/acpica/tbprint.c (tables).
final class LogFacts {
    /// Maximum number of lines that are kept of one message, because faults repeat.
    private static final int MAX_REPEATED = 24;

    private static final Pattern KERNEL = Pattern.compile("^Linux version (\\S+)(.*)");
    private static final Pattern COMMAND_LINE =
            Pattern.compile("^(?:Kernel command|Command) line: (.*)");
    private static final Pattern MACHINE =
            Pattern.compile("^DMI: (.{1,200}), BIOS (.{0,200}) ([0-9]{2}/[0-9]{2}/[0-9]{4})$");
    private static final Pattern SECURE_BOOT =
            Pattern.compile("^(?:secureboot: )?Secure boot (enabled|disabled)");
    private static final Pattern STOLEN =
            Pattern.compile(
                    "^Reserving Intel graphics (?:stolen )?memory at \\[?(?:mem )?"
                            + "0x([0-9a-f]{1,15})-0x([0-9a-f]{1,15})");
    private static final Pattern TABLE =
            Pattern.compile("^ACPI: ([A-Z0-9_!]{4}) 0x[0-9A-Fa-f]{8,16} [0-9A-Fa-f]{6}\\b.*");
    private static final Pattern PROCESSOR =
            Pattern.compile(
                    "^smpboot: CPU0: (.*?) \\(fam(?:ily)?: 0x([0-9a-f]{1,2}),"
                            + " model: 0x([0-9a-f]{1,2})(?:, stepping: 0x([0-9a-f]{1,2}))?.*");
    private static final Pattern DISABLE_VGA =
            Pattern.compile("(?:^| )vfio[-_]pci\\.disable_vga=([01yYnN])(?: |$)");
    private static final Pattern LATE =
            Pattern.compile("^Run \\S+ as init process|^Freeing unused |^systemd\\[1\\]: ");

    /// What the builders of distributions leave in the version of their kernels.
    private static final Map<String, String> DISTRIBUTIONS =
            Map.of(
                    "debian-kernel@", "debian",
                    "-pve ", "debian",
                    "(Ubuntu ", "ubuntu",
                    "-Ubuntu ", "ubuntu",
                    "archlinux", "arch",
                    "fedoraproject", "fedora",
                    "nixbld@", "nixos");

    private final String file;
    private final boolean fromStart;
    private final FactSheet facts;
    private final LogDevices devices = new LogDevices();
    private final LogIommu iommu = new LogIommu();
    private final List<String> log = new ArrayList<>();
    private final Map<LogMessage, Integer> counts = new EnumMap<>(LogMessage.class);
    private final Set<String> tables = new HashSet<>();
    private boolean late;

    /// Of one boot.
    ///
    /// @param fromStart whether the log begins with the start of the kernel
    LogFacts(String file, boolean fromStart, FactSheet facts) {
        this.file = file;
        this.fromStart = fromStart;
        this.facts = facts;
    }

    void line(String text, String source) {
        keep(text);
        kernel(text, source);
        machine(text, source);
        late |= LATE.matcher(text).find();
        devices.line(text, source);
        iommu.line(text, source);
    }

    private void keep(String text) {
        LogMessage.of(text)
                .filter(message -> counts.merge(message, 1, Integer::sum) <= MAX_REPEATED)
                .ifPresent(_ -> log.add(Identifiers.inLog(text)));
    }

    private void kernel(String text, String source) {
        Matcher kernel = KERNEL.matcher(text);
        Matcher command = COMMAND_LINE.matcher(text);
        if (kernel.find()) {
            facts.system.known(OperatingSystem.LINUX, source);
            facts.release.known(kernel.group(1), source);
            DISTRIBUTIONS.forEach((mark, id) -> {
                if (text.contains(mark)) {
                    facts.distribution.known(id, source);
                }
            });
        } else if (command.find()) {
            commandLine(command.group(1).strip(), source);
        } else if (text.startsWith("VFIO - User Level meta-driver")) {
            facts.vfioLoaded.known(true, source);
        } else if (text.startsWith("Kernel is locked down from ")) {
            String now = facts.commandLine.valueOrNull();
            facts.lockdown.known(
                    now != null && now.contains("lockdown=confidentiality")
                            ? "confidentiality"
                            : "integrity",
                    source);
        }
    }

    private void commandLine(String line, String source) {
        facts.commandLine.known(Identifiers.commandLine(line), source);
        Optional<BootLoader> loader = BootLoader.leaving(line);
        loader.ifPresent(known -> facts.bootLoader.known(known, source));
        Matcher vga = DISABLE_VGA.matcher(line);
        if (vga.find()) {
            facts.disableVga.known("1yY".contains(vga.group(1)), source);
        }
    }

    private void machine(String text, String source) {
        Matcher machine = MACHINE.matcher(text);
        Matcher secureBoot = SECURE_BOOT.matcher(text);
        Matcher stolen = STOLEN.matcher(text);
        Matcher table = TABLE.matcher(text);
        Matcher processor = PROCESSOR.matcher(text);
        if (machine.matches()) {
            names(machine.group(1), source);
            facts.version.known(machine.group(2).strip(), source);
            facts.date.known(machine.group(3), source);
        } else if (text.startsWith("efi: EFI v")) {
            facts.uefi.known(true, source);
        } else if (secureBoot.find()) {
            facts.secureBoot.known(secureBoot.group(1).equals("enabled"), source);
        } else if (stolen.find()) {
            Ranges.of(stolen.group(1), stolen.group(2))
                    .ifPresent(range -> facts.stolenMemory.known(range, source));
        } else if (table.matches()) {
            tables.add(table.group(1));
            if (table.group(1).equals("BGRT")) {
                facts.bootLogo.known(true, source);
            }
        } else if (processor.matches()) {
            facts.processor.known(processor.group(1), source);
            if (processor.group(4) != null) {
                facts.processorModel.known(model(processor), source);
            }
        } else if (text.startsWith("Hypervisor detected: ")) {
            facts.virtual.known(true, source);
        }
    }

    private static ProcessorModel model(Matcher processor) {
        return new ProcessorModel(
                HexFormat.fromHexDigits(processor.group(2)),
                HexFormat.fromHexDigits(processor.group(3)),
                HexFormat.fromHexDigits(processor.group(4)));
    }

    /// The kernel puts maker, product and board into one text: `LENOVO 90DA/30C7`.
    private void names(String names, String source) {
        int slash = names.lastIndexOf('/');
        facts.product.known(slash < 0 ? names : names.substring(0, slash), source);
        if (slash >= 0) {
            facts.board.known(names.substring(slash + 1), source);
        }
        facts.vendor.unknown(source, "the log does not separate it from the product");
    }

    /// Adds what the whole log says, and what is not in a log that is whole.
    void finish() {
        boolean whole = fromStart && late;
        facts.log.known(List.copyOf(log), file);
        boolean allTables = whole && tables.containsAll(List.of("DSDT", "FACP"));
        if (allTables && !tables.contains("BGRT")) {
            facts.bootLogo.known(false, file);
        }
        if (whole) {
            facts.uefi.known(false, file);
            facts.virtual.known(false, file);
            facts.lockdown.known("none", file);
        }
        MemoryRange stolen = facts.stolenMemory.valueOrNull();
        devices.addTo(facts, file, whole);
        iommu.addTo(facts, file, whole, allTables && !tables.contains("DMAR"), stolen);
    }
}
