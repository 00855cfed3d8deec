package igdrom.report;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.OpRegionRule;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.Contents;
import igdrom.firmware.FileKind;
import igdrom.firmware.FirmwareReader;
import igdrom.formats.opregion.OpRegionHeader;
import igdrom.formats.opregion.VbtExtent;
import igdrom.formats.vbt.Vbt;
import igdrom.formats.vbt.VbtEdit;
import igdrom.formats.vbt.VbtEditException;
import java.util.ArrayList;
import java.util.List;

/// Switches outputs of the VBT in a file off.
///
/// @param image what to write: the whole file when it is a VBT or an OpRegion, else the VBT alone
/// @param report about it
public record VbtEditing(Image image, VbtEditReport report) {
    /// Edits the VBT in a file.
    ///
    /// @param file its name as the user wrote it
    /// @param names of the outputs to switch off
    /// @param output the name of the file to write
    /// @throws igdrom.bytes.MalformedImageException when the file or its VBT is malformed
    /// @throws VbtEditException when the file has no VBT or several, or an output is not found
    public static VbtEditing of(String file, Image image, List<String> names, String output)
            throws VbtEditException {
        Location location = Location.root(Answers.baseName(file));
        if (Vbt.looksLikeVbt(image, 0)) {
            VbtEdit edit = VbtEdit.disable(image, names, location);
            return editing(file, FileKind.VBT, edit, edit.image(), output);
        }
        if (image.startsWith(OpRegionHeader.SIGNATURE)) {
            VbtExtent extent = OpRegionRule.of(image, location).vbt();
            if (extent == null) {
                throw new VbtEditException("the OpRegion has no VBT");
            }
            VbtEdit edit =
                    VbtEdit.disable(
                            image.slice(extent.offset(), extent.size()),
                            names,
                            location.in("VBT", extent.offset()));
            Image edited =
                    new Emitter().image(image).patch(extent.offset(), edit.image()).toImage();
            return editing(file, FileKind.OPREGION, edit, edited, output);
        }
        Contents contents = FirmwareReader.read(image, Answers.baseName(file));
        VideoBiosTable table = only(contents.vbts());
        VbtEdit edit = VbtEdit.disable(table.bytes(), names, table.origin().location());
        return editing(file, contents.kind(), edit, edit.image(), output);
    }

    private static VideoBiosTable only(List<VideoBiosTable> tables) throws VbtEditException {
        if (tables.isEmpty()) {
            throw new VbtEditException("contains no VBT");
        }
        if (tables.size() > 1) {
            List<String> locations = new ArrayList<>();
            for (VideoBiosTable table : tables) {
                locations.add(table.origin().location().toString());
            }
            throw new VbtEditException(
                    "contains "
                            + tables.size()
                            + " different VBTs; extract them and edit the one of your board: "
                            + String.join(", ", locations));
        }
        return tables.getFirst();
    }

    private static VbtEditing editing(
            String file, FileKind kind, VbtEdit edit, Image image, String output) {
        Image vbt = edit.image();
        String platform =
                Vbt.read(vbt, Location.root("VBT"), new Diagnostics()).header().platform();
        return new VbtEditing(
                image,
                new VbtEditReport(
                        file,
                        kind,
                        output,
                        image.size(),
                        image.sha256(),
                        platform,
                        edit.disabled(),
                        edit.remaining()));
    }
}
