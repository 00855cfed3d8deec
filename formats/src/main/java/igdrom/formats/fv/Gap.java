package igdrom.formats.fv;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Bytes that belong to no file or section: alignment, free space, or what a damaged header left
/// behind.
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
