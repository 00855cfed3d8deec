package igdrom.formats.fv;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Bytes outside of files and sections: alignment, free space, or the bytes after a damaged header.
public record Gap(long offset, Image raw) implements VolumePart, SectionPart {
    @Override
    public long size() {
        return raw.size();
    }

    @Override
    public void write(Emitter out) {
        out.image(raw);
    }
}
