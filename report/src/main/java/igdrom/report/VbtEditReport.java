package igdrom.report;

import igdrom.firmware.FileKind;
import igdrom.formats.vbt.Output;
import java.util.List;

/// A VBT some of whose outputs were switched off.
///
/// @param file that the VBT is from
/// @param kind of that file
/// @param output the file that was written: as `file` when that is a VBT or an OpRegion, else the
///   VBT alone
/// @param size of the file that was written
/// @param sha256 of the file that was written
/// @param platform the name in the VBT's signature, may be empty
/// @param disabled the outputs that were switched off
/// @param outputs the outputs that are left
public record VbtEditReport(
        String file,
        FileKind kind,
        String output,
        long size,
        String sha256,
        String platform,
        List<Output> disabled,
        List<Output> outputs)
        implements PageReport {
    public VbtEditReport {
        disabled = List.copyOf(disabled);
        outputs = List.copyOf(outputs);
    }

    /// Whether a whole OpRegion was written.
    public boolean isOpRegion() {
        return kind == FileKind.OPREGION;
    }

    @Override
    public Answer answer() {
        return Answer.YES;
    }
}
