package igdrom.cli;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcRead;
import igdrom.rom.RomEdits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Puts the owners' GOPs in the place of those that igdrom has edited.
final class Restoring {
    private Restoring() {}

    /// The GOPs as they were.
    ///
    /// @param file that they were found in
    /// @param image what it holds
    /// @throws Failure when one was edited and what it was cannot be known
    static List<GopDriver> of(Path file, Image image, List<GopDriver> gops) {
        List<GopDriver> owners = new ArrayList<>();
        for (GopDriver found : gops) {
            owners.add(isEdited(found.gop()) ? restored(file, image, found) : found);
        }
        return owners;
    }

    private static boolean isEdited(Gop gop) {
        return gop.lpc() instanceof LpcRead.Site site && site.edited().isPresent();
    }

    private static GopDriver restored(Path file, Image image, GopDriver found) {
        Image owners =
                RomEdits.owners(image, found.gop())
                        .orElseThrow(() -> new Failure(ExitCode.NO, unknown(found, file)));
        Gop gop =
                Gop.examine(owners, found.origin().location(), new Diagnostics())
                        .orElseThrow(() -> new Failure(ExitCode.NO, unknown(found, file)));
        return new GopDriver(found.origin(), gop, gop.image());
    }

    private static String unknown(GopDriver found, Path file) {
        return file
                + ": the GOP "
                + found.gop().version()
                + " was edited, and nothing here says what it was before";
    }
}
