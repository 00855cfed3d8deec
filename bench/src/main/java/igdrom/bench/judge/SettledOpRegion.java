package igdrom.bench.judge;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.vbt.Vbt;
import java.util.Optional;

/// What an OpRegion has to be in the guest when a file has these bytes: a pointer to a VBT that
/// only the host can follow is mended, or taken out.
///
/// Source: Linux, drivers/vfio/pci/vfio_pci_igd.c: an OpRegion 2.0 and the VBT behind it become a
/// 2.1.
public final class SettledOpRegion {
    private static final int MINOR = 0x16;
    private static final int MAJOR = 0x17;
    private static final int MAILBOXES = 0x58;
    private static final int ASLE = 1 << 2;
    private static final int RVDA = 0x3ba;
    private static final int RVDS = 0x3c2;
    private static final Location PLACE = Location.root("OpRegion");

    private SettledOpRegion() {}

    /// The bytes in the guest; empty when the file is no OpRegion.
    public static Optional<Image> of(Image file) {
        if (!OpRegion.looksLikeOpRegion(file, 0)) {
            return Optional.empty();
        }
        long rvda = file.u64(RVDA);
        long rvds = file.u32(RVDS);
        int major = file.u8(MAJOR);
        boolean used = major >= 2 && (file.u8(MAILBOXES) & ASLE) != 0 && rvda != 0 && rvds != 0;
        if (!used) {
            return Optional.of(file.slice(0, OpRegion.SIZE));
        }
        boolean relative = major > 2 || file.u8(MINOR) >= 1;
        if (relative && isVbt(file, rvda, rvds)) {
            return Optional.of(file.slice(0, Math.max(OpRegion.SIZE, rvda + rvds)));
        }
        if (!relative && isVbt(file, OpRegion.SIZE, rvds)) {
            Emitter out = new Emitter().image(file.slice(0, OpRegion.SIZE + rvds));
            out.patch(MINOR, Image.ofHex("01"));
            return Optional.of(pointer(out, OpRegion.SIZE, rvds));
        }
        return Optional.of(pointer(new Emitter().image(file.slice(0, OpRegion.SIZE)), 0, 0));
    }

    private static Image pointer(Emitter out, long rvda, long rvds) {
        return out.patch(RVDA, new Emitter().u64(rvda).u32(rvds).toImage()).toImage();
    }

    private static boolean isVbt(Image file, long offset, long size) {
        return offset >= 0
                && offset <= file.size() - size
                && Vbt.looksLikeVbt(file.slice(offset, size), 0);
    }

    /// The VBT in it, as long as the VBT itself says.
    static Optional<Image> vbt(Image settled) {
        try {
            return OpRegion.read(settled, PLACE, new Diagnostics())
                    .vbt()
                    .filter(vbt -> Vbt.looksLikeVbt(vbt, 0))
                    .map(vbt -> vbt.slice(0, Math.min(Vbt.sizeAt(vbt, 0), vbt.size())));
        } catch (MalformedImageException _) {
            return Optional.empty();
        }
    }
}
