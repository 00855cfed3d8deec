package igdrom.formats.fv;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// A file in a volume.
///
/// @param offset from the start of the volume
/// @param body the bytes after the header; fewer than the header claims in a truncated volume
public record FfsFile(long offset, FfsHeader header, Image body) implements VolumePart {
    @Override
    public long size() {
        return header.length() + body.size();
    }

    public FileType type() {
        return header.type();
    }

    @Override
    public void write(Emitter out) {
        header.write(out);
        out.image(body);
    }
}
