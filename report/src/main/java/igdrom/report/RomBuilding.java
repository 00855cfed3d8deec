package igdrom.report;

import igdrom.bytes.Image;
import igdrom.driver.Driver;
import igdrom.formats.oprom.OptionRom;
import igdrom.plan.HostFacts;
import igdrom.plan.Plan;
import igdrom.plan.PlanResult.Refused;
import igdrom.plan.Planner;
import igdrom.plan.RomRequest;
import igdrom.rom.RomParts;
import org.jspecify.annotations.Nullable;

/// Builds a ROM from the files that hold its parts.
///
/// @param rom the bytes to write, null when no ROM was built
/// @param report a [BuildReport] or, without a ROM, a [RefusalReport]
public record RomBuilding(@Nullable Image rom, PageReport report) {
    /// Selects the parts, plans the ROM and assembles it.
    ///
    /// @param output the name of the file to write
    /// @param host facts about the host, null when neither a snapshot nor a host was read
    /// @throws MissingPartException when a file does not hold the part that it was given for
    /// @throws igdrom.rom.RomTooLargeException when the parts do not fit into a ROM
    public static RomBuilding of(
            String output, RomRequest request, PartFiles files, @Nullable HostFacts host) {
        return switch (Planner.plan(
                request, PartSelection.select(files, request.gop().included()), host)) {
            case Refused refused -> new RomBuilding(null, new RefusalReport(refused));
            case Plan plan -> {
                OptionRom rom = RomParts.of(plan, Driver.bundled()).assemble();
                yield new RomBuilding(rom.image(), new BuildReport(output, plan, rom));
            }
        };
    }
}
