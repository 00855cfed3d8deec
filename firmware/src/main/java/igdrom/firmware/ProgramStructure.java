package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.formats.pe.Executable;
import java.util.List;
import java.util.Optional;

/// A program, PE or TE, without a section around it. Data contains many, but only GOPs are
/// reported, and a program that is the whole file.
final class ProgramStructure implements Structure {
    @Override
    public List<Signature> signatures() {
        return List.of(Signature.ofAscii(0, "MZ"), Signature.ofAscii(0, "VZ"));
    }

    @Override
    public boolean beginsAt(Image image, long offset) {
        return Executable.looksLikePe(image, offset) || Executable.looksLikeTe(image, offset);
    }

    @Override
    public Optional<FileKind> fileKind() {
        return Optional.of(FileKind.PROGRAM);
    }

    @Override
    public Optional<Reading> read(Candidate candidate, Context context) {
        long offset = candidate.offset();
        Image image = candidate.image();
        Context inside = context.in("PE", offset);
        Diagnostics diagnostics = new Diagnostics();
        Executable executable = Executable.read(image, inside.location(), diagnostics);
        long size = Math.min(executable.extent(), image.size());
        long end = offset + size;
        Context node =
                inside.part(
                        Node.Type.PROGRAM, "program" + Programs.describe(executable), offset, size);
        Programs.Verdict verdict =
                candidate.marks().isIn(offset, end)
                        ? Programs.examine(executable, diagnostics, node)
                        : Programs.Verdict.UNMARKED;
        if (offset == 0 && verdict != Programs.Verdict.GOP) {
            // It may be an updater that contains the firmware.
            node.scanForArtifacts(image.slice(0, size), 1);
        } else if (node.isEmpty()) {
            return Optional.empty();
        } else {
            node.scanProgram(image.slice(0, size), 1);
        }
        return Optional.of(new Reading(node.toSubtree(), end));
    }
}
