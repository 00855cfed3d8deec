package igdrom.formats.fv;

import igdrom.bytes.Emitter;

/// A piece of a file's body; the pieces follow each other without holes.
public sealed interface SectionPart permits Section, Gap {
    /// From the start of the body.
    long offset();

    /// How many bytes it takes.
    long size();

    void write(Emitter out);
}
