package igdrom.plan.vm;

import igdrom.knowledge.TsvTable;
import igdrom.plan.GuestMachine;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The options of `vfio-pci` for one kind of GPU in one kind of guest: a row of `igd-options.tsv`.
/// The first row that fits counts.
///
/// @param options by name, in the order in which they are written
/// @param works whether QEMU can do it at all
/// @param needs what the host and the ROM must have
/// @param text why, a sentence without a full stop
/// @param source where that is known from
public record OptionRule(
        SequencedMap<String, String> options,
        boolean works,
        Set<Need> needs,
        String text,
        String source) {
    private static final List<Row> ROWS =
            TsvTable.load(
                            OptionRule.class,
                            "igd-options.tsv",
                            "from",
                            "below",
                            "gpu",
                            "class",
                            "machine",
                            "firmware",
                            "options",
                            "works",
                            "needs",
                            "text",
                            "source",
                            "checked")
                    .rows()
                    .stream()
                    .map(Row::of)
                    .toList();

    /// What a rule asks of the host and the ROM.
    public enum Need {
        /// vfio-pci offers the VGA ports and memory of the IGD.
        VGA_REGION,
        /// vfio-pci offers the LPC bridge.
        LPC_REGION,
        /// There is a ROM.
        ROM,
        /// The ROM has a VGA BIOS.
        VGA_BIOS,
        /// The VGA BIOS in the ROM, if it has one, keeps no address of the host.
        CLEARED
    }

    public OptionRule {
        options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
        needs = Set.copyOf(needs);
    }

    /// The rule for a guest, empty when nothing is known about the combination.
    public static Optional<OptionRule> find(
            ProgramVersion qemu, GpuKind gpu, GuestMachine machine, GuestFirmware firmware) {
        for (Row row : ROWS) {
            if (row.fits(qemu, gpu, machine, firmware)) {
                return Optional.of(row.rule);
            }
        }
        return Optional.empty();
    }

    /// All rules, in the order of the table.
    static List<OptionRule> all() {
        return ROWS.stream().map(Row::rule).toList();
    }

    private record Row(
            VersionRange versions,
            String gpu,
            String deviceClass,
            String machine,
            String firmware,
            OptionRule rule) {
        static Row of(TsvTable.Row row) {
            SequencedMap<String, String> options = new LinkedHashMap<>();
            for (String option : words(row, 6)) {
                int equals = option.indexOf('=');
                options.put(option.substring(0, equals), option.substring(equals + 1));
            }
            Set<Need> needs = EnumSet.noneOf(Need.class);
            for (String need : words(row, 8)) {
                needs.add(need(row, need));
            }
            return new Row(
                    VersionRange.of(row, 0),
                    row.text(2),
                    row.text(3),
                    row.text(4),
                    row.text(5),
                    new OptionRule(
                            options, row.text(7).equals("yes"), needs, row.text(9), row.text(10)));
        }

        private static List<String> words(TsvTable.Row row, int column) {
            String cell = row.textOrNull(column);
            return cell == null ? List.of() : List.of(cell.split(",", -1));
        }

        private static Need need(TsvTable.Row row, String word) {
            return switch (word) {
                case "vga-region" -> Need.VGA_REGION;
                case "lpc-region" -> Need.LPC_REGION;
                case "rom" -> Need.ROM;
                case "vga-bios" -> Need.VGA_BIOS;
                case "cleared" -> Need.CLEARED;
                default -> throw row.broken("\"" + word + "\" is not a need");
            };
        }

        boolean fits(
                ProgramVersion qemu, GpuKind gpuKind, GuestMachine guest, GuestFirmware booted) {
            return versions.contains(qemu)
                    && gpuKind.isNamedBy(gpu)
                    && isAnyOr(deviceClass, gpuKind.otherDisplay() ? "0380" : "0300")
                    && isAnyOr(machine, guest.id())
                    && isAnyOr(firmware, booted.id());
        }

        private static boolean isAnyOr(String cell, String word) {
            return cell.equals("any") || cell.equals(word);
        }
    }
}
