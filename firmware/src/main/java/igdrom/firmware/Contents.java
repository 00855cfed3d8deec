package igdrom.firmware;

import igdrom.bytes.Diagnostic;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.VgaBios;
import igdrom.firmware.Artifact.VideoBiosTable;
import java.util.List;

/// What one file holds. The same bytes found twice are one find with two places.
///
/// @param gops in the order of the file
/// @param diagnostics what was odd or broken, in the order of the file
/// @param moreDiagnostics how many were not kept because there were too many
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

    public boolean isEmpty() {
        return gops.isEmpty() && vbts.isEmpty() && vgaBioses.isEmpty();
    }
}
