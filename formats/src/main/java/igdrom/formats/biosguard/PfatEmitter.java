package igdrom.formats.biosguard;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;

/// Builds a [PfatPackage].
public final class PfatEmitter {
    private static final int BLOCK_SIZE = 0x10000;

    private final StringBuilder list = new StringBuilder("AMI_BIOS_GUARD_FLASH_CONFIGURATIONS\r\n");
    private final Emitter blocks = new Emitter();
    private final BlockEmitter blockEmitter;
    private long flashOffset;

    public PfatEmitter(String platform) {
        blockEmitter = new BlockEmitter(platform, true);
    }

    /// Adds a file, in blocks of 64 KiB.
    public PfatEmitter add(String parameter, String name, Image file) {
        int count = 0;
        for (long at = 0; at < file.size(); at += BLOCK_SIZE) {
            Image data = file.slice(at, Math.min(BLOCK_SIZE, file.size() - at));
            blockEmitter.block(flashOffset, data).write(blocks);
            flashOffset += data.size();
            count++;
        }
        list.append("1 ").append(parameter).append(' ').append(count);
        list.append(" ;").append(name).append("\r\n");
        return this;
    }

    public PfatPackage build() {
        Image text = Image.ofAscii(list.toString());
        Image bytes =
                new Emitter()
                        .u32(PfatPackage.HEADER_SIZE + text.size())
                        .u32(0)
                        .ascii("_AMIPFAT")
                        .u8(0)
                        .image(text)
                        .image(blocks.toImage())
                        .toImage();
        return PfatPackage.read(bytes, Location.root("package"), new Diagnostics());
    }

    public Image toImage() {
        Emitter out = new Emitter();
        build().write(out);
        return out.toImage();
    }
}
