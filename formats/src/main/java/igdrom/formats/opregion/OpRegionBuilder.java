package igdrom.formats.opregion;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.vbt.Vbt;

/// Makes an OpRegion of version 2.1 around a VBT, for a guest.
///
/// It has no software SCI: a driver would ask the platform's SMI handler, which a guest does not
/// have, and wait for it.
public final class OpRegionBuilder {
    private static final long VERSION_2_1 = 0x0201_0000L;
    private static final long VERSION_OFFSET = 0x14;
    private static final long MAILBOXES_OFFSET = 0x58;
    private static final long CHPD = Mailbox.ACPI.offset() + 0xa8L;

    private OpRegionBuilder() {}

    /// The VBT goes into mailbox 4 when it fits, else behind the OpRegion.
    ///
    /// @param vbt with nothing behind it: what is longer than it says is cut off
    /// @throws IllegalArgumentException when it is none
    public static OpRegion around(Image vbt) {
        if (!Vbt.looksLikeVbt(vbt, 0)) {
            throw new IllegalArgumentException("not a VBT: " + vbt);
        }
        Image body = vbt.slice(0, Vbt.sizeAt(vbt, 0));
        boolean fits = body.size() <= Mailbox.VBT.size();
        long mailboxes = Mailbox.ACPI.bit() | Mailbox.ASLE.bit() | (fits ? Mailbox.VBT.bit() : 0);
        Emitter out = new Emitter();
        new OpRegionHeader(
                        OpRegion.SIZE / 1024,
                        VERSION_2_1,
                        zeros(32),
                        zeros(16),
                        zeros(16),
                        mailboxes,
                        0,
                        0,
                        zeros(32),
                        zeros(0x7c))
                .write(out);
        // Hotplug is reported and the lid is open, as every firmware seen leaves it.
        out.fillTo(CHPD, 0).u32(1).u32(1);
        if (!fits) {
            out.fillTo(Mailbox.ASLE.offset() + AsleMailbox.RVDA, 0);
            out.u64(OpRegion.SIZE).u32(body.size());
        }
        out.fillTo(fits ? Mailbox.VBT.offset() : OpRegion.SIZE, 0).image(body);
        if (fits) {
            out.fillTo(OpRegion.SIZE, 0);
        }
        return OpRegion.read(out.toImage(), Location.root("built"), new Diagnostics());
    }

    /// The same OpRegion with a VBT behind its 8 KiB and nothing else there: as version 2.1, which
    /// is the first that tells its place from the OpRegion's start.
    ///
    /// @param vbt with nothing behind it: what is longer than it says is cut off
    /// @throws IllegalArgumentException when it is none
    public static OpRegion withVbtBehind(OpRegion region, Image vbt) {
        if (!Vbt.looksLikeVbt(vbt, 0)) {
            throw new IllegalArgumentException("not a VBT: " + vbt);
        }
        Image body = vbt.slice(0, Vbt.sizeAt(vbt, 0));
        Emitter all = new Emitter();
        region.write(all);
        Emitter out = new Emitter().image(all.toImage().slice(0, OpRegion.SIZE));
        OpRegionHeader header = region.header();
        if (!header.isAtLeast(2, 1)) {
            out.patch(VERSION_OFFSET, new Emitter().u32(VERSION_2_1).toImage());
        }
        long mailboxes = header.mailboxes() | Mailbox.ASLE.bit();
        out.patch(MAILBOXES_OFFSET, new Emitter().u32(mailboxes).toImage());
        Image pointer = new Emitter().u64(OpRegion.SIZE).u32(body.size()).toImage();
        out.patch(Mailbox.ASLE.offset() + AsleMailbox.RVDA, pointer).image(body);
        return OpRegion.read(out.toImage(), Location.root("built"), new Diagnostics());
    }

    private static Image zeros(int size) {
        return Image.of(new byte[size]);
    }
}
