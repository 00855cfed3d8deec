package igdrom.formats.opregion;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An OpRegion with the bytes that follow it in the kernel's vfio region.
///
/// @param swsci mailbox 2
/// @param vbtMailbox mailbox 4
/// @param asleExtension mailbox 5
/// @param trailing the bytes after the 8 KiB, where `RVDA` may point
/// @param vbtExtent null when these bytes contain no VBT
public record OpRegion(
        OpRegionHeader header,
        AcpiMailbox acpi,
        Image swsci,
        AsleMailbox asle,
        Image vbtMailbox,
        Image asleExtension,
        Image trailing,
        @Nullable VbtExtent vbtExtent) {
    public static final int SIZE = 0x2000;

    /// Offset of ASLS in the config space of the IGD, on all generations: its 32 bits hold the
    /// address of the OpRegion.
    ///
    /// Spec: IGD OpRegion Specification, "ASL Storage".
    public static final int ASLS = 0xfc;

    /// Whether an OpRegion starts at `offset`: checks signature, size and version. The signature
    /// alone also occurs as a constant in drivers.
    public static boolean looksLikeOpRegion(Image image, long offset) {
        return offset >= 0
                && offset <= image.size() - SIZE
                && image.matches(offset, OpRegionHeader.SIGNATURE)
                && image.u32(offset + OpRegionHeader.SIZE_OFFSET) == SIZE / 1024
                && image.u8(offset + OpRegionHeader.MAJOR_OFFSET) <= OpRegionChecks.MAX_MAJOR;
    }

    /// Reads the OpRegion at the start of `image`, which may be longer.
    ///
    /// @throws MalformedImageException when the signature is missing or `image` has less than 8 KiB
    public static OpRegion read(Image image, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(image, location);
        OpRegionHeader header = OpRegionHeader.read(in);
        AcpiMailbox acpi = new AcpiMailbox(mailbox(in, Mailbox.ACPI));
        Image swsci = mailbox(in, Mailbox.SWSCI);
        AsleMailbox asle = new AsleMailbox(mailbox(in, Mailbox.ASLE));
        Image vbtMailbox = mailbox(in, Mailbox.VBT);
        Image asleExtension = mailbox(in, Mailbox.ASLE_EXTENSION);
        OpRegionChecks.checkHeader(header, location, diagnostics);
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

    /// The pointer to a VBT outside mailbox 4; empty when there is none.
    public Optional<VbtPointer> vbtPointer() {
        return Optional.ofNullable(VbtPointer.of(header, asle));
    }

    /// The bytes of the VBT.
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
        out.image(asleExtension).image(trailing);
    }

    private static Image mailbox(Cursor in, Mailbox mailbox) {
        return in.image("mailbox " + mailbox.number(), mailbox.size());
    }
}
