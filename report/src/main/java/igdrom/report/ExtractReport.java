package igdrom.report;

import igdrom.formats.pci.PciId;
import java.util.List;

/// What was extracted from an image.
///
/// @param image with the names of the files that were written
/// @param directory that they were written to
/// @param gopsWanted whether GOPs were asked for
public record ExtractReport(ImageReport image, String directory, boolean gopsWanted)
        implements Report {
    @Override
    public Answer answer() {
        if (image.outputs().isEmpty()) {
            return image.answer() == Answer.MALFORMED ? Answer.MALFORMED : Answer.NO;
        }
        return isGopMissing() ? Answer.NO : Answer.YES;
    }

    @Override
    public List<String> problems(Wording wording) {
        boolean nothing = image.outputs().isEmpty();
        if (!nothing && !isGopMissing()) {
            return List.of();
        }
        String problem = image.file() + (nothing ? ": nothing to extract" : ": no GOP");
        PciId device = image.device();
        if (isGopMissing() && device != null) {
            problem += nothing ? "" : " for " + device;
            if (!image.gops().isEmpty()) {
                // The first GOP is the one that comes nearest.
                problem += ", " + image.gops().getFirst().gop().support(device).reason();
            }
        }
        return List.of(problem);
    }

    private boolean isGopMissing() {
        return gopsWanted && !image.supportsDevice();
    }
}
