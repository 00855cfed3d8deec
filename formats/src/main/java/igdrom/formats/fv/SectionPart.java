package igdrom.formats.fv;

import igdrom.bytes.Emitter;

/// A part of a file's body. The parts cover the body without holes.
public sealed interface SectionPart permits Section, Gap {
    /// From the start of the enclosing file or section, counting its header.
    long offset();

    /// In bytes.
    long size();

    void write(Emitter out);
}
