package igdrom.host.text;

import igdrom.bytes.Image;
import igdrom.host.Fact;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import igdrom.json.JsonFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The facts in files that somebody pasted.
///
/// @param snapshot all facts, each with its file and line
/// @param files what each file was taken for, in their order
public record HostTexts(Snapshot snapshot, List<Recognised> files) {
    /// The most reliable first: tables before the kernel's account of them, what is there now
    /// before what was there at boot.
    private static final List<TextReader> READERS =
            List.of(
                    new AcpiTables(),
                    new LspciText(),
                    new PciconfText(),
                    new UdevText(),
                    new CollectorText(),
                    new FreebsdText(),
                    new GroupLinksText(),
                    new KernelLogText());

    private static final String RECORDED = "snapshot";
    private static final Image SNAPSHOT = Image.ofAscii("\"igdrom-snapshot\"");

    /// What one file was taken for.
    ///
    /// @param kinds such as `lspci`; empty for a file without facts
    /// @param problem why the file says nothing; empty when it says something
    public record Recognised(String name, List<String> kinds, String problem) {
        public Recognised {
            kinds = List.copyOf(kinds);
        }
    }

    public HostTexts {
        files = List.copyOf(files);
    }

    /// Reads files, of which the first that answers a question is believed.
    ///
    /// @param format for snapshots among them
    /// @param measuredBy the program that reads, and its version
    /// @throws igdrom.json.MalformedJsonException when a snapshot is malformed
    public static HostTexts read(List<TextFile> files, JsonFormat format, String measuredBy) {
        FactSheet sheet = new FactSheet();
        @Nullable Snapshot recorded = null;
        List<List<String>> kinds = new ArrayList<>();
        files.forEach(_ -> kinds.add(new ArrayList<>()));
        for (int i = 0; i < files.size(); i++) {
            Image contents = files.get(i).contents().value().orElse(Image.EMPTY);
            if (isSnapshot(contents)) {
                Snapshot next = SnapshotJson.read(contents, files.get(i).name(), format);
                recorded = recorded == null ? next : recorded.or(next);
                kinds.get(i).add(RECORDED);
            }
        }
        for (TextReader reader : READERS) {
            for (int i = 0; i < files.size(); i++) {
                if (!kinds.get(i).contains(RECORDED) && reader.read(files.get(i), sheet)) {
                    kinds.get(i).add(reader.name());
                }
            }
        }
        List<Recognised> recognised = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            recognised.add(recognised(files.get(i), kinds.get(i)));
        }
        Snapshot pasted = sheet.toSnapshot(measuredBy);
        return new HostTexts(recorded == null ? pasted : recorded.or(pasted), recognised);
    }

    /// The facts in the log of a Linux kernel alone.
    public static Snapshot readLog(TextFile log, String measuredBy) {
        FactSheet sheet = new FactSheet();
        boolean _ = new KernelLogText().read(log, sheet);
        return sheet.toSnapshot(measuredBy);
    }

    private static boolean isSnapshot(Image contents) {
        return contents.size() <= SnapshotJson.MAX_SIZE
                && contents.latin1().stripLeading().startsWith("{")
                && contents.contains(SNAPSHOT);
    }

    private static Recognised recognised(TextFile file, List<String> kinds) {
        return switch (file.contents()) {
            case Fact.Unknown<?>(String _, String reason) ->
                    new Recognised(file.name(), List.of(), reason);
            case Fact.Known<?> _ when kinds.isEmpty() ->
                    new Recognised(file.name(), List.of(), "holds no facts about a host");
            case Fact.Known<?> _ -> new Recognised(file.name(), kinds, "");
        };
    }
}
