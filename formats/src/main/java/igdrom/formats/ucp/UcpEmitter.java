package igdrom.formats.ucp;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.compress.Codec;

/// Builds a [UcpPackage].
public final class UcpEmitter {
    private final Emitter modules = new Emitter();

    /// Adds data as it is.
    ///
    /// @param tag four characters
    public UcpEmitter add(String tag, Image data) {
        return addContent(
                tag, new Emitter().u32(data.size()).u32(data.size()).image(data).toImage());
    }

    /// Adds data packed by Tiano.
    ///
    /// @param tag four characters
    public UcpEmitter addPacked(String tag, Image data) {
        return addContent(tag, Codec.TIANO.compress(data));
    }

    private UcpEmitter addContent(String tag, Image content) {
        // Checksums count in words.
        Image even = new Emitter().image(content).align(2, 0).toImage();
        UcpModule.of(tag, even).write(modules);
        return this;
    }

    public Image toImage() {
        Emitter out = new Emitter();
        UcpModule.of("@UAF", modules.toImage()).write(out);
        return out.toImage();
    }
}
