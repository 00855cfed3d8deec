package igdrom.report;

import igdrom.bytes.Diagnostic;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.FileKind;
import igdrom.formats.vbt.VbtContent;
import java.util.List;

/// The VBTs of a file.
public record VbtReport(String file, long size, String sha256, FileKind kind, List<Entry> vbts)
        implements Report {
    /// A VBT and what its blocks mean.
    public record Entry(VideoBiosTable table, VbtContent content, List<Diagnostic> diagnostics) {
        public Entry {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    public VbtReport {
        vbts = List.copyOf(vbts);
    }

    @Override
    public Answer answer() {
        return vbts.isEmpty() ? Answer.NO : Answer.YES;
    }

    @Override
    public List<String> problems(Wording wording) {
        return vbts.isEmpty() ? List.of(file + ": contains no VBT") : List.of();
    }
}
