package igdrom.firmware;

import igdrom.bytes.Image;

/// An archive that firmware is downloaded in. It is not opened, and not searched either.
///
/// Observed: compressed data looks like structures by chance: a ZIP file of LattePanda contains
/// what looks like a VBT.
final class ArchiveFile implements WholeFile {
    @Override
    public FileKind kind() {
        return FileKind.ARCHIVE;
    }

    @Override
    public boolean matches(Image file) {
        return Archives.nameOf(file).isPresent();
    }

    @Override
    public void read(Image file, Context context) {
        context.diagnostics()
                .odd(
                        context.location(),
                        0,
                        "this is a %s archive: extract it first, the firmware is a file in it",
                        Archives.nameOf(file).orElse("compressed"));
    }
}
