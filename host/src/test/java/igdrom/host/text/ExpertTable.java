package igdrom.host.text;

import igdrom.bytes.Image;
import igdrom.formats.acpi.Dmar;
import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import igdrom.host.IommuGroup;
import igdrom.host.MemoryRange;
import igdrom.host.PciFunction;
import igdrom.host.PciFunctions;
import igdrom.host.Snapshot;
import igdrom.host.VirtualFunctions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A snapshot in the columns of the table that an expert made of real machines.
final class ExpertTable {
    private static final String USUAL_AUDIO = "0000:00:1f.3";
    private static final String HDMI_AUDIO = "0000:00:03.0";
    private static final String VMD = "0000:00:0e.0";

    private final Snapshot host;
    private final Map<String, String> row = new LinkedHashMap<>();

    private ExpertTable(Snapshot host) {
        this.host = host;
    }

    static Map<String, String> row(Snapshot host) {
        ExpertTable table = new ExpertTable(host);
        table.functions();
        table.iommu();
        table.dmar();
        table.registers();
        return table.row;
    }

    private boolean listed() {
        return host.pci().others().value().isPresent();
    }

    private void functions() {
        PciFunction igd = host.igd();
        boolean present = igd.classCode().value().isPresent();
        boolean none =
                igd.classCode() instanceof Fact.Unknown<Integer>(String _, String reason)
                        && reason.equals("no device is there");
        row.put("igd", present ? igd.address() : none ? "none" : "unknown");
        row.put("igd_id", none ? "-" : id(igd));
        row.put("igd_class", none ? "-" : classCode(igd));
        row.put("igd_driver", none ? "-" : driver(igd));
        row.put("igd_total_vfs", none || !listed() ? "-" : virtualFunctions(igd));
        row.put("lpc_id", id(host.lpc()));
        row.put("lpc_class", classCode(host.lpc()));
        row.put("hostbridge_id", id(host.hostBridge()));
        row.put("hostbridge_class", classCode(host.hostBridge()));
        row.put("audio_1f3", audio(USUAL_AUDIO));
        row.put("audio_03", audio(HDMI_AUDIO));
        row.put("audio_other", listed() ? otherAudio() : "-");
        row.put("vmd", vmd());
        row.put("other_display", otherDisplay());
    }

    private static String id(PciFunction function) {
        return function.id().value().map(PciId::toString).orElse("unknown");
    }

    private static String classCode(PciFunction function) {
        return function.classCode()
                .value()
                .map("%06x"::formatted)
                .orElse("unknown00")
                .substring(0, function.classCode().value().isPresent() ? 4 : 7);
    }

    private static String driver(PciFunction function) {
        return function.use().driver().value().map(d -> d.orElse("none")).orElse("unknown");
    }

    private static String virtualFunctions(PciFunction function) {
        return function.use()
                .virtualFunctions()
                .value()
                .map(VirtualFunctions::total)
                .map(total -> total == 0 ? "none" : String.valueOf(total))
                .orElse("unknown");
    }

    private static boolean isAudio(PciFunction function) {
        int code = function.classCode().value().orElse(0) >>> 8;
        return code == 0x0401 || code == 0x0403;
    }

    private String audio(String address) {
        Optional<PciFunction> function = host.pci().at(address).filter(ExpertTable::isAudio);
        if (function.isEmpty()) {
            return listed() ? "none" : "unknown";
        }
        PciFunction audio = function.get();
        String group =
                audio.use().iommuGroup().value().flatMap(g -> g).map(String::valueOf).orElse("-");
        return "%s class %s group %s driver %s"
                .formatted(id(audio), classCode(audio), group, driver(audio));
    }

    private String otherAudio() {
        String others =
                host.pci().all().stream()
                        .filter(ExpertTable::isAudio)
                        .map(PciFunction::address)
                        .filter(a -> !List.of(USUAL_AUDIO, HDMI_AUDIO).contains(a))
                        .collect(Collectors.joining(" "));
        return others.isEmpty() ? "none" : others;
    }

    private String vmd() {
        return host.pci()
                .at(VMD)
                .filter(f -> f.classCode().value().orElse(0) >>> 8 == 0x0104)
                .map(f -> "%s %s driver %s".formatted(f.address(), id(f), driver(f)))
                .orElse(listed() ? "none" : "unknown");
    }

    private String otherDisplay() {
        String displays =
                host.pci().all().stream()
                        .filter(f -> f.classCode().value().orElse(0) >>> 16 == 3)
                        .filter(f -> !f.address().equals(host.igd().address()))
                        .map(f ->
                                "%s %s class %s driver %s;"
                                        .formatted(f.address(), id(f), classCode(f), driver(f)))
                        .collect(Collectors.joining(" "));
        return !displays.isEmpty() ? displays : listed() ? "none" : "unknown";
    }

    private void iommu() {
        List<IommuGroup> groups = host.iommu().groups().value().orElse(List.of());
        Optional<IommuGroup> group =
                groups.stream()
                        .filter(g -> g.functions().contains(host.igd().address()))
                        .findFirst();
        row.put("groups_shown", listed() ? groups.isEmpty() ? "no" : "yes" : "-");
        row.put("igd_group", group.map(g -> String.valueOf(g.number())).orElse("-"));
        row.put("igd_group_members", group.map(g -> String.join(" ", g.functions())).orElse("-"));
    }

    private void dmar() {
        Fact<Optional<Dmar>> fact = host.iommu().dmar();
        Optional<Dmar> table = fact.value().flatMap(o -> o);
        row.put(
                "dmar",
                fact.value().isEmpty() ? "unknown" : table.isPresent() ? "yes" : "no table");
        row.put("host_width", table.map(d -> String.valueOf(d.addressWidth())).orElse("-"));
        row.put("rmrr_count", table.map(d -> String.valueOf(d.reserved().size())).orElse("-"));
        row.put(
                "dmar_types",
                table.map(d ->
                                d.types().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(" ")))
                        .orElse("-"));
        List<Dmar.Unit> units = table.map(Dmar::units).orElse(List.of());
        int index =
                IntStream.range(0, units.size())
                        .filter(i -> units.get(i).devices().contains(PciFunctions.USUAL_IGD))
                        .findFirst()
                        .orElse(-1);
        boolean none = table.isPresent() && index < 0;
        row.put(
                "drhd_igd",
                index >= 0 ? "%x".formatted(units.get(index).base()) : none ? "none" : "-");
        row.put("igd_drhd_index", index >= 0 ? String.valueOf(index) : "-");
        row.put("igd_drhd_first", index >= 0 ? index == 0 ? "yes" : "no" : none ? "none" : "-");
        List<Dmar.ReservedMemory> reserved = new ArrayList<>();
        table.map(Dmar::reserved).orElse(List.of()).stream()
                .filter(r -> r.devices().contains(PciFunctions.USUAL_IGD))
                .forEach(reserved::add);
        String without = table.isPresent() ? "none" : "-";
        row.put(
                "rmrr_igd_base",
                reserved.isEmpty() ? without : "%x".formatted(reserved.getFirst().base()));
        row.put(
                "rmrr_igd_end",
                reserved.isEmpty() ? without : "%x".formatted(reserved.getFirst().last()));
        row.put(
                "rmrr_igd_mib",
                reserved.isEmpty()
                        ? without
                        : String.valueOf(
                                (reserved.getFirst().last() - reserved.getFirst().base() + 1)
                                        >> 20));
        row.put(
                "bgrt",
                host.firmware().bootLogo().value().map(b -> b ? "yes" : "no").orElse("unknown"));
    }

    private void registers() {
        row.put("stolen_dmesg", host.stolenMemory().value().map(ExpertTable::range).orElse("-"));
        row.put("cfg_hb_ggc", register(host.hostBridge(), 0x50, 2));
        row.put("cfg_hb_deven", register(host.hostBridge(), 0x54, 4));
        row.put("cfg_hb_bgsm", register(host.hostBridge(), 0xb4, 4));
        row.put("cfg_hb_bdsm", register(host.hostBridge(), 0xb0, 4));
        row.put("cfg_igd_bdsm", register(host.igd(), 0x5c, 4));
        row.put("cfg_igd_asls", register(host.igd(), 0xfc, 4));
        row.put("cmdline_dmesg", host.kernel().commandLine().value().orElse("-"));
    }

    private static String range(MemoryRange range) {
        return "%x-%x (%d MiB)"
                .formatted(range.base(), range.base() + range.size() - 1, range.size() >> 20);
    }

    private static String register(PciFunction function, int offset, int size) {
        Optional<Image> config = function.config().value().filter(c -> c.size() == 256);
        return config.map(c ->
                        size == 2
                                ? "%04x".formatted(c.u16(offset))
                                : "%08x".formatted(c.u32(offset)))
                .orElse("-");
    }
}
