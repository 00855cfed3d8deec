package igdrom.host.text;

import igdrom.host.Fact;
import igdrom.host.Snapshot;
import igdrom.json.JsonFormat;
import java.util.ArrayList;
import java.util.List;

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
                    new KernelLogText());

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
        List<List<String>> kinds = new ArrayList<>();
        files.forEach(_ -> kinds.add(new ArrayList<>()));
        for (TextReader reader : READERS) {
            for (int i = 0; i < files.size(); i++) {
                if (reader.read(files.get(i), sheet)) {
                    kinds.get(i).add(reader.name());
                }
            }
        }
        List<Recognised> recognised = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            recognised.add(recognised(files.get(i), kinds.get(i)));
        }
        return new HostTexts(sheet.toSnapshot(measuredBy), recognised);
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
