package igdrom.rom;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.firmware.lpc.LpcEdit;
import igdrom.firmware.lpc.LpcEditException;
import igdrom.firmware.lpc.LpcRead.Way;
import igdrom.firmware.lpc.Patch;
import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The record of the edit of a GOP, with which it can be undone. The driver's data carries it.
///
/// Spec: docs/driver-data.md, "The edit of the GOP".
///
/// @param originalSha256 hash of the original GOP, headers and sections
public record GopEdit(String originalSha256, LpcEdit edit) {
    private static final int HASH_SIZE = 32;
    private static final int MAX_PATCHES = 8;
    private static final int MAX_PATCH_SIZE = 64;

    static GopEdit read(Image data, Location location) {
        Cursor in = new Cursor(data, location);
        String hash = HexFormat.of().formatHex(in.image("OriginalSha256", HASH_SIZE).toByteArray());
        PciId bridge = PciId.intel(in.u16("Bridge"));
        Way way = in.u8("Way") == 0 ? Way.PORT_IO : Way.ROOT_BRIDGE_IO;
        int count = in.u8("Patches");
        if (count == 0 || count > MAX_PATCHES) {
            throw in.malformed(
                    HASH_SIZE + 3,
                    String.format("Patches is %d, expected 1 to %d", count, MAX_PATCHES));
        }
        List<Patch> patches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long offset = in.u32("Offset");
            int length = in.size("Length", MAX_PATCH_SIZE);
            patches.add(new Patch(offset, in.image("Before", length), in.image("After", length)));
        }
        return new GopEdit(hash, new LpcEdit(bridge, way, patches));
    }

    void write(Emitter out) {
        out.image(Image.of(HexFormat.of().parseHex(originalSha256)));
        out.u16(edit.bridge().device());
        out.u8(edit.way() == Way.PORT_IO ? 0 : 1).u8(edit.patches().size());
        for (Patch patch : edit.patches()) {
            out.u32(patch.offset()).u32(patch.before().size());
            out.image(patch.before()).image(patch.after());
        }
    }

    Image image() {
        Emitter out = new Emitter();
        write(out);
        return out.toImage();
    }

    /// The original GOP; empty when `edited` is not the GOP that was edited.
    ///
    /// @param edited the GOP in the ROM, headers and sections
    public Optional<Image> original(Image edited) {
        try {
            Image original = edit.undo(edited);
            return original.sha256().equals(originalSha256)
                    ? Optional.of(original)
                    : Optional.empty();
        } catch (LpcEditException _) {
            return Optional.empty();
        }
    }
}
