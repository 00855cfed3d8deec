package igdrom.formats.opregion;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An OpRegion, with the bytes behind it as the kernel's vfio shows them.
///
/// @param swsci mailbox 2
/// @param vbtMailbox mailbox 4
/// @param asleExtension mailbox 5
/// @param behind what follows the 8 KiB: the VBT when `RVDA` says so
/// @param vbtExtent null when there is no VBT in these bytes
public record OpRegion(
        OpRegionHeader header,
        AcpiMailbox acpi,
        Image swsci,
        AsleMailbox asle,
        Image vbtMailbox,
        Image asleExtension,
        Image behind,
        @Nullable VbtExtent vbtExtent) {
    public static final int SIZE = 0x2000;

    /// True when an OpRegion starts at `offset`. The signature alone is also a constant in drivers.
    public static boolean looksLikeOpRegion(Image image, long offset) {
        return offset >= 0
                && offset <= image.size() - SIZE
                && image.matches(offset, OpRegionHeader.SIGNATURE)
                && image.u32(offset + OpRegionHeader.SIZE_OFFSET) == SIZE / 1024
                && image.u8(offset + OpRegionHeader.MAJOR_OFFSET) <= OpRegionChecks.NEWEST_MAJOR;
    }

    /// Reads the OpRegion at the start of `image`, which may be longer.
    ///
    /// @throws MalformedImageException when there is no signature or less than 8 KiB
    public static OpRegion read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        OpRegionHeader header = OpRegionHeader.read(in);
        AcpiMailbox acpi = new AcpiMailbox(mailbox(in, Mailbox.ACPI));
        Image swsci = mailbox(in, Mailbox.SWSCI);
        AsleMailbox asle = new AsleMailbox(mailbox(in, Mailbox.ASLE));
        Image vbtMailbox = mailbox(in, Mailbox.VBT);
        Image asleExtension = mailbox(in, Mailbox.ASLE_EXTENSION);
        OpRegionChecks.check(header, location, diagnostics);
        return new OpRegion(
                header,
                acpi,
                swsci,
                asle,
                vbtMailbox,
                asleExtension,
                image.from(SIZE),
                OpRegionChecks.locate(image, header, asle, location, diagnostics));
    }

    /// Where `RVDA` leads; empty when the VBT can only be in mailbox 4.
    public Optional<VbtPointer> vbtPointer() {
        return Optional.ofNullable(VbtPointer.of(header, asle));
    }

    /// The bytes of the VBT, as far as its extent goes.
    public Optional<Image> vbt() {
        if (vbtExtent == null) {
            return Optional.empty();
        }
        Emitter out = new Emitter();
        write(out);
        return Optional.of(out.toImage().slice(vbtExtent.offset(), vbtExtent.size()));
    }

    public void write(Emitter out) {
        header.write(out);
        out.image(acpi.raw()).image(swsci).image(asle.raw()).image(vbtMailbox);
        out.image(asleExtension).image(behind);
    }

    private static Image mailbox(Cursor in, Mailbox mailbox) {
        return in.image("mailbox " + mailbox.number(), mailbox.size());
    }
}
