package igdrom.formats.ucp;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.compress.Codec;

/// Builds a [UcpPackage].
public final class UcpEmitter {
    private final Emitter modules = new Emitter();

    /// Adds uncompressed data.
    ///
    /// @param tag four characters
    public UcpEmitter add(String tag, Image data) {
        return addContent(
                tag, new Emitter().u32(data.size()).u32(data.size()).image(data).toImage());
    }

    /// Adds data and compresses it with Tiano.
    ///
    /// @param tag four characters
    public UcpEmitter addCompressed(String tag, Image data) {
        return addContent(tag, Codec.TIANO.compress(data));
    }

    private UcpEmitter addContent(String tag, Image content) {
        // The checksum covers whole 16-bit words.
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
