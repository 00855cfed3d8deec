package igdrom.formats.fv;

import igdrom.bytes.Emitter;

/// A part of a volume's body. The parts cover the body without holes.
public sealed interface VolumePart permits FfsFile, Gap {
    /// From the start of the volume.
    long offset();

    /// In bytes.
    long size();

    void write(Emitter out);
}
