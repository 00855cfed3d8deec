package igdrom.formats.opregion;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// The first 256 bytes of an OpRegion.
///
/// Source: Linux, intel_opregion.c, `struct opregion_header`.
///
/// @param sizeKb the size of the OpRegion in KiB, without trailing bytes: 8
/// @param version `OVER`: reserved, revision, minor, major, from the lowest byte up
/// @param biosVersion `SVER`, 32 bytes
/// @param vbiosVersion `VVER`, 16 bytes
/// @param driverVersion `GVER`, 16 bytes
/// @param mailboxes `MBOX`, a bit for each [Mailbox] that is present
/// @param driverModel `DMOD`
/// @param platform `PCON`, the features of the platform
/// @param gopVersion `DVER`, 32 bytes of UTF-16
public record OpRegionHeader(
        long sizeKb,
        long version,
        Image biosVersion,
        Image vbiosVersion,
        Image driverVersion,
        long mailboxes,
        long driverModel,
        long platform,
        Image gopVersion,
        Image reserved) {
    public static final int SIZE = 0x100;
    public static final Image SIGNATURE = Image.ofAscii("IntelGraphicsMem");

    /// Offset of the field Size.
    public static final long SIZE_OFFSET = 0x10;

    /// Offset of the field `OVER`.
    static final long VERSION_OFFSET = 0x14;

    /// Offset of the minor version in `OVER`.
    public static final long MINOR_OFFSET = 0x16;

    /// Offset of the major version in `OVER`.
    public static final long MAJOR_OFFSET = 0x17;

    /// Offset of the field `MBOX`.
    public static final long MAILBOXES_OFFSET = 0x58;

    private static final int RESERVED = SIZE - 0x84;

    public int major() {
        return (int) (version >>> 24);
    }

    public int minor() {
        return (int) (version >>> 16) & 0xff;
    }

    /// For example `2.1`.
    public String versionText() {
        return major() + "." + minor();
    }

    boolean isAtLeast(int wantedMajor, int wantedMinor) {
        return major() > wantedMajor || (major() == wantedMajor && minor() >= wantedMinor);
    }

    /// The end of the space for a VBT in mailbox 4.
    ///
    /// Source: Linux, intel_opregion.c, `intel_opregion_setup`: on some Cherry Trail boards the VBT
    /// continues into mailbox 5 when that is not used.
    public long mailbox4End() {
        return has(Mailbox.ASLE_EXTENSION) ? Mailbox.ASLE_EXTENSION.offset() : OpRegion.SIZE;
    }

    public boolean has(Mailbox mailbox) {
        return (mailboxes & mailbox.bit()) != 0;
    }

    /// The version of the firmware's GOP driver; often empty.
    public String gopVersionText() {
        return gopVersion.utf16();
    }

    static OpRegionHeader read(Cursor in) {
        in.expect("Signature", SIGNATURE);
        return new OpRegionHeader(
                in.u32("Size"),
                in.u32("OVER"),
                in.image("SVER", 32),
                in.image("VVER", 16),
                in.image("GVER", 16),
                in.u32("MBOX"),
                in.u32("DMOD"),
                in.u32("PCON"),
                in.image("DVER", 32),
                in.image("header", RESERVED));
    }

    void write(Emitter out) {
        out.image(SIGNATURE).u32(sizeKb).u32(version);
        out.image(biosVersion).image(vbiosVersion).image(driverVersion);
        out.u32(mailboxes).u32(driverModel).u32(platform).image(gopVersion).image(reserved);
    }
}
