package igdrom.bench;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.Driver;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.FirmwareReader;
import igdrom.formats.oprom.RomImage;
import igdrom.plan.Part;
import igdrom.plan.Parts;
import igdrom.plan.Plan;
import igdrom.plan.PlanResult;
import igdrom.plan.Planner;
import igdrom.plan.RomRequest;
import igdrom.rom.RomParts;
import java.util.List;

/// ROMs as `igdrom build` makes them.
final class BuiltRom {
    private BuiltRom() {}

    /// A ROM with the GOP and the VBT in these files.
    static RomContents of(RomRequest request, Image gopFile, Image vbtFile) {
        Part<GopDriver> gop =
                new Part<>(FirmwareReader.read(gopFile, "gop").gops().getFirst(), "gop");
        Part<VideoBiosTable> vbt =
                new Part<>(FirmwareReader.read(vbtFile, "vbt").vbts().getFirst(), "vbt");
        return of(
                request, new Parts("gop", List.of(gop), List.of(vbt), List.of(), null, List.of()));
    }

    /// A ROM with a VGA BIOS and without a GOP.
    static RomContents of(RomRequest request, RomImage vgaBios) {
        List<Part<RomImage>> vgaBioses = List.of(new Part<>(vgaBios, "vbios.rom"));
        return of(request, new Parts(null, List.of(), List.of(), List.of(), null, vgaBioses));
    }

    private static RomContents of(RomRequest request, Parts parts) {
        PlanResult result = Planner.plan(request, parts, null);
        if (!(result instanceof Plan plan)) {
            throw new AssertionError(result.messages());
        }
        Image rom = RomParts.of(plan, Driver.bundled()).image();
        return RomContents.read(rom, Location.root("igd.rom"));
    }
}
