package igdrom.firmware;

import igdrom.bytes.Image;
import java.util.List;
import java.util.Optional;

/// The tables of everything that can be read.
final class Structures {
    /// Structures that may begin anywhere. Where several share a signature the first one that can
    /// be read is taken.
    static final List<Structure> ALL =
            List.of(
                    new FlashStructure(),
                    new VolumeStructure(),
                    new OptionRomStructure(),
                    new VbtStructure(),
                    new ProgramStructure(),
                    new CbfsStructure(),
                    new PfatStructure(),
                    new DellSectionStructure(),
                    new PfsStructure(),
                    new IflashStructure(),
                    new UcpStructure(),
                    new LooseSectionStructure());

    /// Formats that only whole files have.
    static final List<WholeFile> WHOLE_FILES =
            List.of(new OpRegionFile(), new CapsuleFile(), new ArchiveFile());

    private Structures() {}

    /// The kind of a file according to its first bytes.
    static FileKind kindOf(Image file) {
        for (Structure structure : ALL) {
            Optional<FileKind> kind = structure.fileKind();
            if (kind.isPresent() && structure.beginsAt(file, 0)) {
                return kind.get();
            }
        }
        for (WholeFile format : WHOLE_FILES) {
            if (format.matches(file)) {
                return format.kind();
            }
        }
        return FileKind.UNKNOWN;
    }

    /// Reads a whole file.
    ///
    /// @param kind as [#kindOf] gives it
    /// @param context of the file
    /// @throws igdrom.bytes.MalformedImageException when its format allows no reading
    static void read(Image file, FileKind kind, Context context) {
        for (WholeFile format : WHOLE_FILES) {
            if (format.kind() == kind) {
                format.read(file, context);
                return;
            }
        }
        context.scan(file, 0);
    }
}
