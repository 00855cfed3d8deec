package igdrom.formats.fv;

import igdrom.bytes.Emitter;

/// A piece of what follows a file's header; the pieces follow each other without holes.
public sealed interface SectionPart permits Section, Gap {
    /// From the start of the file or section around it, header included.
    long offset();

    /// How many bytes it takes.
    long size();

    void write(Emitter out);
}
