package igdrom.report;

import igdrom.bytes.Diagnostic;
import igdrom.firmware.Artifact;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Contents;
import igdrom.firmware.FileKind;
import igdrom.formats.pci.PciId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an image holds: the answer of `inspect`, and the manifest of `extract`.
///
/// @param file its name as the user wrote it
/// @param sha256 of the whole file, null when it was not computed
/// @param gops the best first; without the edit where edits were undone
/// @param device that a GOP is wanted for, null for none
/// @param outputs where artifacts were written to
public record ImageReport(
        String file,
        long size,
        @Nullable String sha256,
        Contents contents,
        List<GopDriver> gops,
        @Nullable PciId device,
        List<Output> outputs)
        implements PageReport {
    /// An artifact and the name of the file that it was written to.
    public record Output(Artifact artifact, String name) {}

    public ImageReport {
        gops = List.copyOf(gops);
        outputs = List.copyOf(outputs);
    }

    public ImageReport withSha256(String hash) {
        return new ImageReport(file, size, hash, contents, gops, device, outputs);
    }

    /// The report with other GOPs in place of those that were found.
    public ImageReport withGops(List<GopDriver> others) {
        return new ImageReport(file, size, sha256, contents, others, device, outputs);
    }

    public ImageReport withOutputs(List<Output> names) {
        return new ImageReport(file, size, sha256, contents, gops, device, names);
    }

    /// Whether one of the GOPs supports the device; true when none was asked for.
    public boolean supportsDevice() {
        PciId wanted = device;
        return wanted == null
                || gops.stream().anyMatch(found -> found.gop().support(wanted).supported());
    }

    @Override
    public Answer answer() {
        if (contents.isEmpty()) {
            return isBroken() ? Answer.MALFORMED : Answer.NO;
        }
        return supportsDevice() ? Answer.YES : Answer.NO;
    }

    /// Whether the file is of a known kind and yet nothing in it can be read, or a single program
    /// that is damaged.
    private boolean isBroken() {
        if (!contents.tree().children().isEmpty() && contents.kind() != FileKind.PROGRAM) {
            return false;
        }
        return hasUnreadParts();
    }

    /// Whether something in the file could not be read.
    boolean hasUnreadParts() {
        return contents.diagnostics().stream().anyMatch(Diagnostic::isBroken);
    }
}
