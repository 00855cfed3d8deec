package igdrom.cli.commands;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.lpc.LpcRead;
import igdrom.rom.RomEdits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Undoes igdrom's edits of GOPs and VBTs.
final class Restoring {
    private Restoring() {}

    /// The GOPs as they were before igdrom edited them.
    ///
    /// @param file that they were found in
    /// @param image the bytes of the file
    /// @throws Failure when the original of an edited one cannot be recovered
    static List<GopDriver> of(Path file, Image image, List<GopDriver> gops) {
        List<GopDriver> originals = new ArrayList<>();
        for (GopDriver found : gops) {
            originals.add(isEdited(found.gop()) ? restored(file, image, found) : found);
        }
        return originals;
    }

    /// The VBTs of the board, without those that igdrom made from them.
    static List<VideoBiosTable> vbts(Image image, List<VideoBiosTable> vbts) {
        List<Image> made = RomEdits.madeVbts(image);
        return vbts.stream().filter(vbt -> !made.contains(vbt.bytes())).toList();
    }

    private static boolean isEdited(Gop gop) {
        return gop.lpc() instanceof LpcRead.Site site && site.edited().isPresent();
    }

    private static GopDriver restored(Path file, Image image, GopDriver found) {
        Image original =
                RomEdits.original(image, found.gop())
                        .orElseThrow(() -> new Failure(ExitCode.NO, unknown(found, file)));
        Gop gop =
                Gop.examine(original, found.origin().location(), new Diagnostics())
                        .orElseThrow(() -> new Failure(ExitCode.NO, unknown(found, file)));
        return new GopDriver(found.origin(), gop, gop.image());
    }

    private static String unknown(GopDriver found, Path file) {
        return file
                + ": the GOP "
                + found.gop().version()
                + " was edited, and its original cannot be recovered from this file";
    }
}
