package igdrom.firmware;

import igdrom.bytes.Diagnostic;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.VgaBios;
import igdrom.firmware.Artifact.VideoBiosTable;
import java.util.List;

/// The content of one file. Equal bytes at several locations are one artifact.
///
/// @param gops in the order of the file
/// @param tree the parts of the file
/// @param diagnostics the problems, in the order of the file
/// @param moreDiagnostics the number of problems beyond those that `diagnostics` keeps
public record Contents(
        FileKind kind,
        Node tree,
        List<GopDriver> gops,
        List<VideoBiosTable> vbts,
        List<VgaBios> vgaBioses,
        List<Diagnostic> diagnostics,
        long moreDiagnostics) {
    public Contents {
        gops = List.copyOf(gops);
        vbts = List.copyOf(vbts);
        vgaBioses = List.copyOf(vgaBioses);
        diagnostics = List.copyOf(diagnostics);
    }

    /// Whether this is the descriptor of a flash without any other region.
    public boolean isFlashDescriptorAlone() {
        return kind == FileKind.FLASH
                && tree.children().stream()
                        .allMatch(node ->
                                node.type() == Node.Type.FLASH && node.children().size() <= 1);
    }

    /// Whether there is no artifact.
    public boolean isEmpty() {
        return gops.isEmpty() && vbts.isEmpty() && vgaBioses.isEmpty();
    }
}
