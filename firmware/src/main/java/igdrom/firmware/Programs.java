package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.Origin;
import igdrom.firmware.gop.Gop;
import igdrom.formats.pe.Executable;
import java.util.Optional;

/// Examines programs for GOPs.
final class Programs {
    private Programs() {}

    /// A description to append to a label; empty when `program` is not a program.
    static String describe(Image program) {
        try {
            if (Executable.looksLikePe(program, 0) || Executable.looksLikeTe(program, 0)) {
                return describe(
                        Executable.read(program, Location.root("program"), new Diagnostics()));
            }
        } catch (MalformedImageException _) {
            return ", malformed";
        }
        return "";
    }

    static String describe(Executable executable) {
        return ", " + executable.machine() + " " + executable.subsystem();
    }

    /// The result of examining a program.
    enum Verdict {
        GOP,
        /// It has the texts of a GOP, but is not one. Usually it contains one.
        MARKED,
        UNMARKED
    }

    /// Adds the program to `context` if it is a GOP.
    static Verdict examine(Image program, Context context) {
        if (!Gop.isMarked(program)) {
            return Verdict.UNMARKED;
        }
        Diagnostics diagnostics = new Diagnostics();
        return verdict(Gop.examine(program, context.location(), diagnostics), diagnostics, context);
    }

    /// Like [#examine(Image, Context)], for a program with the text of a GOP that was already read.
    ///
    /// @param diagnostics of reading it
    static Verdict examine(Executable program, Diagnostics diagnostics, Context context) {
        return verdict(Gop.examine(program, context.location(), diagnostics), diagnostics, context);
    }

    private static Verdict verdict(Optional<Gop> gop, Diagnostics diagnostics, Context context) {
        context.diagnostics().addAll(diagnostics);
        if (gop.isEmpty()) {
            return Verdict.MARKED;
        }
        context.add(new GopDriver(Origin.at(context.location()), gop.get(), gop.get().image()));
        return Verdict.GOP;
    }

    /// Reports the problems of a program.
    static void check(Image program, Location location, Diagnostics diagnostics) {
        try {
            Executable.read(program, location, diagnostics);
        } catch (MalformedImageException e) {
            diagnostics.add(e.diagnostic());
        }
    }
}
