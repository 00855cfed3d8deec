package igdrom.host.text;

import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import igdrom.host.OperatingSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The output of lspci: plain, `-n`, `-nn`, `-k`, `-v` to `-vvv`, `-x` to `-xxxx`; also of the
/// scripts that call it for each IOMMU group.
///
/// Source: pciutils, lspci.c and ls-caps.c.
final class LspciText implements TextReader {
    /// The first line of a function: its address, and the rest.
    private static final Pattern FUNCTION =
            Pattern.compile(
                    "[ \t]*((?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[01][0-9a-f]\\.[0-7])[ \t]+(.+)");

    /// `ISA bridge [0601]: Intel Corporation …`, or the numbers of `-n`: `0601: 8086:5481`.
    private static final Pattern CLASS =
            Pattern.compile(
                    "(?:Class )?(?:([0-9a-f]{4})|([^:\\[]+?)(?: \\[([0-9a-f]{4})\\])?): (.*)");

    /// What the scripts write before a function, or on a line before its group's functions.
    private static final Pattern GROUP =
            Pattern.compile("[ \\t*]*IOMMU [Gg]roup ([0-9]{1,5}):?(?:[ \\t]+(.*))?");

    /// In brackets, or in front of everything else.
    private static final Pattern ID =
            Pattern.compile(
                    "(?:\\[|^(?:Subsystem: )?)([0-9a-f]{4}:[0-9a-f]{4})(?:\\]|(?![0-9a-f]))");

    private static final Pattern REVISION = Pattern.compile("\\(rev ([0-9a-f]{2})\\)");
    private static final Pattern INTERFACE = Pattern.compile("\\(prog-if ([0-9a-f]{2})");

    @Override
    public String name() {
        return "lspci";
    }

    @Override
    public boolean read(TextFile file, FactSheet sheet) {
        List<LspciFunction> functions = new ArrayList<>();
        @Nullable LspciFunction current = null;
        boolean classes = false;
        Optional<Integer> group = Optional.empty();
        for (TextFile.Line line : file.lines()) {
            String text = line.text();
            Matcher before = GROUP.matcher(text);
            boolean titled = before.matches();
            if (titled) {
                group = Optional.of(Integer.parseInt(before.group(1)));
                text = before.group(2) == null ? "" : before.group(2);
            } else if (text.isBlank() || !Character.isWhitespace(text.charAt(0))) {
                group = Optional.empty();
            }
            Matcher first = FUNCTION.matcher(text);
            if (first.matches()) {
                current = function(line, first.group(1), first.group(2), sheet);
                if (current != null) {
                    classes = true;
                    functions.add(current);
                    group.ifPresent(current::inGroup);
                }
                if (functions.size() == FactSheet.MAX_FUNCTIONS) {
                    break;
                }
            } else if (titled || text.isBlank()) {
                current = null;
            } else if (current != null) {
                current.line(text, line.source());
            }
        }
        if (!classes) {
            return false;
        }
        finish(functions, file.name(), sheet);
        return true;
    }

    private static @Nullable LspciFunction function(
            TextFile.Line line, String shortAddress, String rest, FactSheet sheet) {
        Matcher parts = CLASS.matcher(rest);
        if (!parts.matches()) {
            return null;
        }
        String digits = parts.group(1) != null ? parts.group(1) : parts.group(3);
        Optional<Integer> classCode =
                digits != null
                        ? Optional.of(Integer.parseInt(digits, 16))
                        : PciClasses.named(parts.group(2).strip());
        if (classCode.isEmpty()) {
            return null;
        }
        String source = line.source();
        String address = shortAddress.length() < 12 ? "0000:" + shortAddress : shortAddress;
        FunctionFacts facts = sheet.function(address);
        String device = parts.group(4);
        facts.revision.known(digits(REVISION, device), source);
        facts.classCode.known((classCode.get() << 8) | digits(INTERFACE, device), source);
        Optional<PciId> id = lastId(device);
        if (id.isPresent()) {
            facts.id.known(id.get(), source);
        } else {
            facts.id.unknown(source, "lspci shows no ids without -nn");
            facts.maker.known(device, source);
        }
        return new LspciFunction(facts, source);
    }

    /// The number in a remark; lspci leaves it away when it is 0.
    private static int digits(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Integer.parseInt(matcher.group(1), 16) : 0;
    }

    /// The id is after the name, which may have brackets too.
    static Optional<PciId> lastId(String text) {
        Matcher matcher = ID.matcher(text);
        Optional<PciId> last = Optional.empty();
        while (matcher.find()) {
            last = Optional.of(PciId.of(matcher.group(1)));
        }
        return last;
    }

    /// What only the whole listing shows.
    private static void finish(List<LspciFunction> functions, String name, FactSheet sheet) {
        boolean drivers = functions.stream().anyMatch(LspciFunction::hasDriver);
        boolean groups = functions.stream().anyMatch(LspciFunction::hasGroup);
        for (LspciFunction function : functions) {
            function.finish(drivers, groups);
            Optional<String> physical = Optional.of(function.facts().address);
            function.virtualFunctions().stream()
                    .flatMap(address -> sheet.listed(address).stream())
                    .forEach(it -> it.physicalFunction.known(physical, function.source()));
        }
        if (drivers) {
            sheet.system.known(OperatingSystem.LINUX, name);
        }
        if (!groups) {
            sheet.groups.put(
                    new Fact.Unknown<>(
                            name,
                            "no line \"IOMMU group\": the IOMMU is off, lspci ran without -v, or"
                                    + " it is too old to show groups"));
        }
        sheet.listing(name);
    }
}
