package igdrom.firmware;

import igdrom.bytes.Finding;
import igdrom.firmware.Find.FoundGop;
import igdrom.firmware.Find.FoundVbt;
import igdrom.firmware.Find.FoundVgaBios;
import java.util.List;

/// What one file holds. The same bytes found twice are one find with two places.
///
/// @param gops in the order of the file
/// @param findings what was odd or broken, in the order of the file
/// @param moreFindings how many were not kept because there were too many
public record Contents(
        Kind kind,
        Node tree,
        List<FoundGop> gops,
        List<FoundVbt> vbts,
        List<FoundVgaBios> vgaBioses,
        List<Finding> findings,
        long moreFindings) {
    public Contents {
        gops = List.copyOf(gops);
        vbts = List.copyOf(vbts);
        vgaBioses = List.copyOf(vgaBioses);
        findings = List.copyOf(findings);
    }

    public boolean isEmpty() {
        return gops.isEmpty() && vbts.isEmpty() && vgaBioses.isEmpty();
    }
}
