package igdrom.cli;

import igdrom.bytes.Findings;
import igdrom.bytes.Image;
import igdrom.firmware.Find.FoundGop;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcRead;
import igdrom.rom.RomEdits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Puts the owners' GOPs in the place of those that igdrom has edited.
final class Restoring {
    private Restoring() {}

    /// The GOPs as they were.
    ///
    /// @param file that they were found in
    /// @throws Failure when one was edited and what it was cannot be known
    static List<FoundGop> of(Path file, List<FoundGop> gops) throws IOException {
        List<FoundGop> owners = new ArrayList<>();
        for (FoundGop found : gops) {
            owners.add(isEdited(found.gop()) ? restored(file, found) : found);
        }
        return owners;
    }

    private static boolean isEdited(Gop gop) {
        return gop.lpc() instanceof LpcRead.Site site && site.edited().isPresent();
    }

    private static FoundGop restored(Path file, FoundGop found) throws IOException {
        Image image = Image.load(file);
        Image owners =
                RomEdits.owners(image, found.gop())
                        .orElseThrow(() -> new Failure(ExitCode.NO, unknown(found, file)));
        Gop gop =
                Gop.examine(owners, found.origin().place(), new Findings())
                        .orElseThrow(() -> new Failure(ExitCode.NO, unknown(found, file)));
        return new FoundGop(found.origin(), gop, gop.image());
    }

    private static String unknown(FoundGop found, Path file) {
        return file
                + ": the GOP "
                + found.gop().version()
                + " was edited, and nothing here says what it was before";
    }
}
