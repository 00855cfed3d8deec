package igdrom.host.text;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.host.BootLoader;
import igdrom.host.MemoryRange;
import igdrom.host.OperatingSystem;
import igdrom.host.PciFunction;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The output of our script for FreeBSD, `freebsd.sh`: sections, each after a line `== name`. The
/// section of pciconf is read by [PciconfText].
///
/// Source: FreeBSD, usr.sbin/pciconf/pciconf.c (readit); sys/x86/pci/pci_early_quirks.c (sysctls).
final class FreebsdText implements TextReader {
    private static final String TITLE = "igdrom facts of a FreeBSD host, 1";
    private static final Pattern SECTION =
            Pattern.compile("^== ([a-z]+)(?: pci([0-9]{1,5}):([0-9]{1,3}):([0-9]{1,2}):([0-7]))?$");
    private static final Pattern VARIABLE = Pattern.compile("^([a-z][A-Za-z0-9_.]*): (.*)$");
    private static final Pattern NAME = Pattern.compile("^(smbios\\.[a-z.]+)=\"(.*)\"$");
    private static final Pattern WORDS = Pattern.compile("^(?:[0-9a-f]{8} *){1,4}$");
    private static final Pattern TABLE = Pattern.compile("^ {2}([A-Z0-9_!]{1,4}): Length=.*");

    /// Maximum number of lines that are kept of a section.
    private static final int MAX_LINES = 500;

    @Override
    public String name() {
        return "FreeBSD script";
    }

    @Override
    public boolean read(TextFile file, FactSheet sheet) {
        Reader reader = new Reader(file.name(), sheet);
        boolean titled = false;
        for (TextFile.Line line : file.lines()) {
            titled |= line.text().equals(TITLE);
            if (titled) {
                reader.line(line.text(), line.source());
            }
        }
        if (titled) {
            reader.finish();
        }
        return titled;
    }

    private static final class Reader {
        private final String file;
        private final FactSheet sheet;
        private final List<String> settings = new ArrayList<>();
        private final List<String> modules = new ArrayList<>();
        private final Set<String> tables = new TreeSet<>();
        private final DecodedDmar dmar = new DecodedDmar();
        private String section = "";
        private String dmarSource = "";
        private Optional<Long> stolenBase = Optional.empty();
        private Optional<Long> stolenSize = Optional.empty();
        private String stolenSource = "";
        private Optional<FunctionFacts> function = Optional.empty();
        private String configSource = "";
        private String problem = "";
        private final List<Long> words = new ArrayList<>();

        Reader(String file, FactSheet sheet) {
            this.file = file;
            this.sheet = sheet;
        }

        void line(String line, String source) {
            Matcher start = SECTION.matcher(line);
            if (start.matches()) {
                section(start, source);
                return;
            }
            if (line.isBlank()) {
                return;
            }
            switch (section) {
                case "uname" -> uname(line, source);
                case "sysctl" -> sysctl(line, source);
                case "kenv" -> kenv(line, source);
                case "config" -> config(line);
                case "settings" -> keep(settings, line);
                case "modules" -> keep(modules, line.replaceFirst("\\.ko$", ""));
                case "acpidump" -> table(line, source);
                default -> {}
            }
        }

        private static void keep(List<String> lines, String line) {
            if (lines.size() < MAX_LINES) {
                lines.add(line);
            }
        }

        private void section(Matcher start, String source) {
            finishConfig();
            section = start.group(1);
            configSource = source;
            function =
                    start.group(2) == null
                            ? Optional.empty()
                            : Optional.of(
                                    sheet.function(
                                            PciconfText.address(
                                                    start.group(2),
                                                    start.group(3),
                                                    start.group(4),
                                                    start.group(5))));
        }

        private void uname(String line, String source) {
            String[] words = line.split(" ", -1);
            if (words.length > 1 && words[0].equals("FreeBSD")) {
                sheet.release.known(words[1], source);
            }
        }

        private void sysctl(String line, String source) {
            Matcher variable = VARIABLE.matcher(line);
            if (!variable.matches()) {
                return;
            }
            String value = variable.group(2);
            switch (variable.group(1)) {
                case "hw.model" -> sheet.processor.known(value, source);
                case "machdep.bootmethod" -> sheet.uefi.known(value.equals("UEFI"), source);
                case "kern.vm_guest" -> sheet.virtual.known(!value.equals("none"), source);
                case "hw.intel_graphics_stolen_base" -> {
                    stolenBase = number(value);
                    stolenSource = source;
                }
                case "hw.intel_graphics_stolen_size" -> stolenSize = number(value);
                default -> {}
            }
        }

        private static Optional<Long> number(String text) {
            try {
                return Optional.of(Long.decode(text));
            } catch (NumberFormatException _) {
                return Optional.empty();
            }
        }

        private void kenv(String line, String source) {
            Matcher variable = NAME.matcher(line);
            if (variable.matches() && !variable.group(2).isEmpty()) {
                String value = variable.group(2);
                switch (variable.group(1)) {
                    case "smbios.system.maker" -> sheet.vendor.known(value, source);
                    case "smbios.system.product" -> sheet.product.known(value, source);
                    case "smbios.planar.product" -> sheet.board.known(value, source);
                    case "smbios.bios.version" -> sheet.version.known(value, source);
                    case "smbios.bios.reldate" -> sheet.date.known(value, source);
                    default -> {}
                }
            }
        }

        /// Words of 32 bits, four on a line.
        private void config(String line) {
            if (!WORDS.matcher(line).matches()) {
                problem = line;
                return;
            }
            for (String word : line.strip().split(" +", -1)) {
                if (words.size() < PciFunction.CONFIG_SIZE / 4) {
                    words.add(HexFormat.fromHexDigitsToLong(word));
                }
            }
        }

        private void finishConfig() {
            Emitter config = new Emitter();
            words.forEach(config::u32);
            Image bytes = config.toImage();
            if (function.isPresent()) {
                if (bytes.size() == PciFunction.CONFIG_SIZE && bytes.u32(0) != 0xffff_ffffL) {
                    function.get().config.known(bytes, configSource);
                } else {
                    function.get()
                            .config
                            .unknown(configSource, problem.isEmpty() ? "reads ff" : problem);
                }
            }
            words.clear();
            problem = "";
        }

        private void table(String line, String source) {
            Matcher table = TABLE.matcher(line);
            if (table.matches()) {
                tables.add(table.group(1));
                if (table.group(1).equals("DMAR")) {
                    dmarSource = source;
                } else if (table.group(1).equals("BGRT")) {
                    sheet.bootLogo.known(true, source);
                }
            } else if (!dmarSource.isEmpty()) {
                dmar.line(line);
            }
        }

        void finish() {
            finishConfig();
            sheet.system.known(OperatingSystem.FREEBSD, file);
            sheet.bootLoader.known(BootLoader.FREEBSD_LOADER, file);
            sheet.vfioConfigured.known(List.copyOf(settings), file);
            sheet.modules.known(List.copyOf(modules), file);
            stolenMemory();
            boolean all = tables.containsAll(List.of("FACP", "APIC"));
            if (all && !tables.contains("BGRT")) {
                sheet.bootLogo.known(false, file);
            }
            if (!dmarSource.isEmpty()) {
                dmar.table()
                        .ifPresentOrElse(
                                table -> sheet.dmar.known(Optional.of(table), dmarSource),
                                () -> sheet.dmar.unknown(dmarSource, "has no address width"));
            } else if (all) {
                sheet.dmar.known(Optional.empty(), file);
            } else {
                sheet.dmar.unknown(file, "acpidump showed no tables; root can read them");
            }
        }

        private void stolenMemory() {
            if (stolenBase.isEmpty() || stolenSize.isEmpty()) {
                return;
            }
            try {
                sheet.stolenMemory.known(
                        new MemoryRange(stolenBase.get(), stolenSize.get()), stolenSource);
            } catch (IllegalArgumentException _) {
                sheet.stolenMemory.unknown(stolenSource, "this kernel found none");
            }
        }
    }
}
