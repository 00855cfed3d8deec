package igdrom.plan;

import igdrom.bytes.Image;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.formats.oprom.RomImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts that were found in the files of the owner.
///
/// @param gopFile the file that GOPs were looked for in, null for none
/// @param gops found there
/// @param vbts of a file that was given for its VBT
/// @param firmwareVbts of a firmware image
/// @param opRegion of a file that was given for it
/// @param vgaBioses legacy images of a file that was given for one
public record Parts(
        @Nullable String gopFile,
        List<Part<GopDriver>> gops,
        List<Part<VideoBiosTable>> vbts,
        List<Part<VideoBiosTable>> firmwareVbts,
        @Nullable Part<Image> opRegion,
        List<Part<RomImage>> vgaBioses) {
    /// No files.
    public static final Parts NONE =
            new Parts(null, List.of(), List.of(), List.of(), null, List.of());

    public Parts {
        gops = List.copyOf(gops);
        vbts = List.copyOf(vbts);
        firmwareVbts = List.copyOf(firmwareVbts);
        vgaBioses = List.copyOf(vgaBioses);
    }
}
