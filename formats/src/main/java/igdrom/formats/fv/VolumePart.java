package igdrom.formats.fv;

import igdrom.bytes.Emitter;

/// A piece of a volume's body; the pieces follow each other without holes.
public sealed interface VolumePart permits FfsFile, Gap {
    /// From the start of the volume.
    long offset();

    /// How many bytes it takes.
    long size();

    void write(Emitter out);
}
