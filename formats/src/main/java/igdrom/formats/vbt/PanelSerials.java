package igdrom.formats.vbt;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.Optional;

/// Removes the serial numbers of panels, which igdrom does not need and which identify a machine.
public final class PanelSerials {
    private static final int SERIAL_SIZE = 4;

    private PanelSerials() {}

    /// The same bytes with the serial numbers in every VBT replaced by zeros. A valid checksum
    /// stays valid, and an invalid one keeps its error.
    public static Image removed(Image image) {
        Image result = image;
        long at = result.indexOf(VbtHeader.SIGNATURE, 0);
        while (at >= 0) {
            if (Vbt.looksLikeVbt(result, at)) {
                result = removedAt(result, at);
            }
            at = result.indexOf(VbtHeader.SIGNATURE, at + 1);
        }
        return result;
    }

    private static Image removedAt(Image image, long start) {
        Image table = image.from(start);
        Vbt vbt;
        Optional<LfpLayout> layout;
        Optional<BdbBlock> data;
        try {
            vbt = Vbt.read(table, Location.root("VBT"), new Diagnostics());
            data = vbt.bdb().block(BdbBlock.LFP_DATA);
            if (data.isEmpty()) {
                return image;
            }
            layout = LfpLayout.of(vbt.bdb(), data.get(), Location.root("VBT"), new Diagnostics());
        } catch (MalformedImageException _) {
            return image;
        }
        if (layout.isEmpty()) {
            return image;
        }
        long first =
                start
                        + vbt.header().bdbOffset()
                        + data.get().offset()
                        + BdbBlock.HEADER_SIZE
                        + layout.get().first()
                        + layout.get().pnp()
                        + PnpId.SERIAL_OFFSET;
        Emitter out = new Emitter().image(image);
        int removed = 0;
        for (int panel = 0; panel < LfpOptions.MAX_PANELS; panel++) {
            long at = first + panel * layout.get().entrySize();
            removed += image.slice(at, SERIAL_SIZE).sum8();
            out.patch(at, Image.of(new byte[SERIAL_SIZE]));
        }
        int checksum = (vbt.header().checksum() + removed) & 0xff;
        out.patch(start + VbtHeader.CHECKSUM_OFFSET, new Emitter().u8(checksum).toImage());
        return out.toImage();
    }
}
