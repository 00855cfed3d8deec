package igdrom.formats.opregion;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.vbt.Vbt;

/// Makes an OpRegion of version 2.1 around a VBT, for a guest.
///
/// It has no software SCI: a driver would call the platform's SMI handler, which a guest does not
/// have, and wait for it.
public final class OpRegionBuilder {
    private static final long VERSION_2_1 = 0x0201_0000L;
    private static final long RVDA_OFFSET = Mailbox.ASLE.offset() + AsleMailbox.RVDA;

    private OpRegionBuilder() {}

    /// Makes an OpRegion with a VBT: in mailbox 4 when it fits, else after the OpRegion.
    ///
    /// @param vbt may be longer than the VBT: bytes after its end are dropped
    /// @throws IllegalArgumentException when `vbt` is not a VBT
    public static OpRegion around(Image vbt) {
        Image body = body(vbt);
        boolean fits = body.size() <= Mailbox.VBT.size();
        long mailboxes = Mailbox.ACPI.bit() | Mailbox.ASLE.bit() | (fits ? Mailbox.VBT.bit() : 0);
        Emitter out = new Emitter();
        new OpRegionHeader(
                        OpRegion.SIZE / 1024,
                        VERSION_2_1,
                        /* biosVersion= */ zeros(32),
                        /* vbiosVersion= */ zeros(16),
                        /* driverVersion= */ zeros(16),
                        mailboxes,
                        /* driverModel= */ 0,
                        /* platform= */ 0,
                        /* gopVersion= */ zeros(32),
                        /* reserved= */ zeros(0x7c))
                .write(out);
        // CHPD and CLID. Observed: every firmware reports hotplug and an open lid.
        out.fillTo(Mailbox.ACPI.offset() + AcpiMailbox.CHPD, 0).u32(1).u32(1);
        if (!fits) {
            out.fillTo(RVDA_OFFSET, 0);
            out.u64(OpRegion.SIZE).u32(body.size());
        }
        out.fillTo(fits ? Mailbox.VBT.offset() : OpRegion.SIZE, 0).image(body);
        if (fits) {
            out.fillTo(OpRegion.SIZE, 0);
        }
        return OpRegion.read(out.toImage(), Location.root("built"), new Diagnostics());
    }

    /// The same OpRegion with a VBT after its 8 KiB, replacing any trailing bytes. Its version
    /// becomes at least 2.1, the first in which the address of the VBT is relative.
    ///
    /// @param vbt may be longer than the VBT: bytes after its end are dropped
    /// @throws IllegalArgumentException when `vbt` is not a VBT
    public static OpRegion withVbtAfter(OpRegion region, Image vbt) {
        Image body = body(vbt);
        Emitter all = new Emitter();
        region.write(all);
        Emitter out = new Emitter().image(all.toImage().slice(0, OpRegion.SIZE));
        OpRegionHeader header = region.header();
        if (!header.isAtLeast(2, 1)) {
            out.patch(OpRegionHeader.VERSION_OFFSET, new Emitter().u32(VERSION_2_1).toImage());
        }
        long mailboxes = header.mailboxes() | Mailbox.ASLE.bit();
        out.patch(OpRegionHeader.MAILBOXES_OFFSET, new Emitter().u32(mailboxes).toImage());
        Image pointer = new Emitter().u64(OpRegion.SIZE).u32(body.size()).toImage();
        out.patch(RVDA_OFFSET, pointer).image(body);
        return OpRegion.read(out.toImage(), Location.root("built"), new Diagnostics());
    }

    private static Image body(Image vbt) {
        if (!Vbt.looksLikeVbt(vbt, 0)) {
            throw new IllegalArgumentException("not a VBT: " + vbt);
        }
        return vbt.slice(0, Vbt.sizeAt(vbt, 0));
    }

    private static Image zeros(int size) {
        return Image.of(new byte[size]);
    }
}
