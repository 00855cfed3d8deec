package igdrom.host.text;

import igdrom.formats.acpi.Dmar;
import igdrom.host.Fact;
import igdrom.host.MemoryRange;
import igdrom.host.PciFunctions;
import igdrom.host.RemappingUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a kernel's log says about the IOMMU.
///
/// Source: Linux, drivers/iommu/intel/dmar.c (dmar_table_print_dmar_entry, alloc_iommu),
/// drivers/iommu/iommu.c.
final class LogIommu {
    private static final Pattern WIDTH =
            Pattern.compile("^DMAR: Host address width ([0-9]{1,2})\\b.*");
    private static final Pattern STRUCTURE =
            Pattern.compile("^DMAR: (DRHD|RMRR|ATSR|RHSA|ANDD|SATC) (?:base|flags|device).*");
    private static final Pattern UNIT =
            Pattern.compile("^DMAR: DRHD base: 0x([0-9a-f]{1,15}) flags: 0x([0-9a-f]{1,2})\\b.*");
    private static final Pattern RESERVED =
            Pattern.compile("^DMAR: RMRR base: 0x([0-9a-f]{1,15}) end: 0x([0-9a-f]{1,15})\\b.*");
    private static final Pattern REGISTERS =
            Pattern.compile(
                    "^DMAR: (dmar[0-9]{1,3}): reg_base_addr ([0-9a-f]{1,15}) ver \\S+"
                            + " cap ([0-9a-f]{1,16}) ecap ([0-9a-f]{1,16})\\b.*");
    private static final Pattern GROUP =
            Pattern.compile(
                    "^(?:iommu: Adding device|\\S+)"
                            + " ([0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\\.[0-7]):? (?:Adding to"
                            + " iommu|to) group ([0-9]{1,5})\\b.*");
    private static final List<String> TYPES =
            List.of("DRHD", "RMRR", "ATSR", "RHSA", "ANDD", "SATC");
    private static final int MAX_UNITS = 256;

    private record Group(int number, String source) {}

    private final List<Dmar.Unit> units = new ArrayList<>();
    private final List<Dmar.ReservedMemory> reserved = new ArrayList<>();
    private final List<Integer> types = new ArrayList<>();
    private final Map<String, RemappingUnit> registers = new LinkedHashMap<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private @Nullable Integer width;
    private String widthSource = "";

    void line(String text, String source) {
        if (text.startsWith("DMAR: ")) {
            table(text, source);
        }
        Matcher group = GROUP.matcher(text);
        if (group.matches() && groups.size() < FactSheet.MAX_FUNCTIONS) {
            groups.put(group.group(1), new Group(Integer.parseInt(group.group(2)), source));
        }
    }

    private void table(String text, String source) {
        Matcher type = STRUCTURE.matcher(text);
        if (type.matches() && types.size() < MAX_UNITS) {
            types.add(TYPES.indexOf(type.group(1)));
        }
        Matcher bits = WIDTH.matcher(text);
        Matcher unit = UNIT.matcher(text);
        Matcher memory = RESERVED.matcher(text);
        Matcher register = REGISTERS.matcher(text);
        if (bits.matches()) {
            width = Integer.parseInt(bits.group(1));
            widthSource = source;
        } else if (unit.matches() && units.size() < MAX_UNITS) {
            boolean all = (HexFormat.fromHexDigits(unit.group(2)) & 1) != 0;
            units.add(new Dmar.Unit(HexFormat.fromHexDigitsToLong(unit.group(1)), all, List.of()));
        } else if (memory.matches() && reserved.size() < MAX_UNITS) {
            reserved.add(
                    new Dmar.ReservedMemory(
                            HexFormat.fromHexDigitsToLong(memory.group(1)),
                            HexFormat.fromHexDigitsToLong(memory.group(2)),
                            List.of()));
        } else if (register.matches() && registers.size() < MAX_UNITS) {
            registers.put(register.group(1), unit(register, source));
        }
    }

    private static RemappingUnit unit(Matcher register, String source) {
        return new RemappingUnit(
                register.group(1),
                HexFormat.fromHexDigitsToLong(register.group(2)),
                HexFormat.fromHexDigitsToLong(register.group(3)),
                HexFormat.fromHexDigitsToLong(register.group(4)),
                new Fact.Unknown<>(source, "the log does not show the unit's devices"));
    }

    /// Adds what the whole log says.
    ///
    /// @param whole whether the log is
    /// @param noTable whether it lists the tables of ACPI, without DMAR
    /// @param stolen the memory of the IGD
    void addTo(
            FactSheet facts,
            String file,
            boolean whole,
            boolean noTable,
            @Nullable MemoryRange stolen) {
        groups.forEach((address, group) ->
                facts.function(address)
                        .iommuGroup
                        .known(Optional.of(group.number()), group.source()));
        if (!groups.isEmpty()) {
            facts.units.known(List.copyOf(registers.values()), file);
        } else if (whole) {
            facts.units.known(List.of(), file);
            facts.groups.known(List.of(), file);
        }
        Integer bits = width;
        if (bits != null) {
            facts.dmar.known(Optional.of(dmar(bits, stolen)), widthSource);
        } else if (noTable) {
            facts.dmar.known(Optional.empty(), file);
        }
    }

    /// The table. The log does not say for which devices memory is reserved; what holds the stolen
    /// memory is for the IGD.
    private Dmar dmar(int bits, @Nullable MemoryRange stolen) {
        List<Dmar.ReservedMemory> memory = new ArrayList<>();
        for (Dmar.ReservedMemory range : reserved) {
            boolean isIgd =
                    stolen != null
                            && range.base() <= stolen.base()
                            && range.last() >= stolen.base() + stolen.size() - 1;
            memory.add(
                    new Dmar.ReservedMemory(
                            range.base(),
                            range.last(),
                            isIgd ? List.of(PciFunctions.USUAL_IGD) : List.of()));
        }
        return new Dmar(bits, units, memory, types);
    }
}
