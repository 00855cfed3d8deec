package igdrom.formats.pfs;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;

/// An entry of a [PfsPackage]: data and metadata, each with a signature.
///
/// Source: platomav/BIOSUtilities 70c3a08, "DellPfsEntryBase".
///
/// @param guid what it is of; entries of nested packages may share one
/// @param headerVersion 1 or 2; 2 has more in `unknown`
/// @param versionType a letter for each of the four numbers of the version: `N` decimal, `A`
///   hexadecimal, a space for none
/// @param version the four numbers of 16 bits
/// @param sizes of the four parts, as the header claims them
/// @param data and the other three are shorter than claimed where the image ends before
public record PfsEntry(
        Guid guid,
        long headerVersion,
        Image versionType,
        Image version,
        long reserved,
        Sizes sizes,
        Image unknown,
        Image data,
        Image dataSignature,
        Image metadata,
        Image metadataSignature) {
    /// What a header claims.
    public record Sizes(long data, long dataSignature, long metadata, long metadataSignature) {}

    /// The smallest entry: a header of version 1.
    static final int MIN_SIZE = 0x48;

    private static final int TYPES = 4;
    private static final int VERSION = 8;
    private static final int UNKNOWN_1 = 16;
    private static final int UNKNOWN_2 = 32;

    /// Reads the entry at the cursor, which may be cut off behind its header.
    ///
    /// @throws MalformedImageException when the header makes no sense
    static PfsEntry read(Cursor in, Diagnostics diagnostics) {
        long start = in.position();
        Guid guid = in.guid("Guid");
        long headerVersion = in.u32("HeaderVersion");
        if (headerVersion != 1 && headerVersion != 2) {
            throw in.malformed(
                    start + Guid.SIZE,
                    String.format("HeaderVersion is 0x%x, it must be 1 or 2", headerVersion));
        }
        Image versionType = in.image("VersionType", TYPES);
        Image version = in.image("Version", VERSION);
        long reserved = in.u64("Reserved");
        Sizes sizes =
                new Sizes(
                        in.u32("DataSize"),
                        in.u32("DataSigSize"),
                        in.u32("DataMetSize"),
                        in.u32("DataMetSigSize"));
        Image unknown = in.image("Unknown", headerVersion == 1 ? UNKNOWN_1 : UNKNOWN_2);
        long left = in.remaining();
        Image data = part(in, sizes.data);
        Image dataSignature = part(in, sizes.dataSignature);
        Image metadata = part(in, sizes.metadata);
        Image metadataSignature = part(in, sizes.metadataSignature);
        long claimed = sizes.data + sizes.dataSignature + sizes.metadata + sizes.metadataSignature;
        if (claimed > left) {
            diagnostics.add(
                    Diagnostic.broken(
                            in.location(),
                            start,
                            String.format(
                                    "the entry's parts take 0x%x bytes, only 0x%x are left",
                                    claimed, left)));
        }
        return new PfsEntry(
                guid,
                headerVersion,
                versionType,
                version,
                reserved,
                sizes,
                unknown,
                data,
                dataSignature,
                metadata,
                metadataSignature);
    }

    private static Image part(Cursor in, long size) {
        return in.image("Part", Math.min(size, in.remaining()));
    }

    /// Where the data begins, from the start of the entry.
    public long dataOffset() {
        return MIN_SIZE - UNKNOWN_1 + unknown.size();
    }

    public long size() {
        return dataOffset()
                + data.size()
                + dataSignature.size()
                + metadata.size()
                + metadataSignature.size();
    }

    public void write(Emitter out) {
        out.guid(guid)
                .u32(headerVersion)
                .image(versionType)
                .image(version)
                .u64(reserved)
                .u32(sizes.data)
                .u32(sizes.dataSignature)
                .u32(sizes.metadata)
                .u32(sizes.metadataSignature)
                .image(unknown)
                .image(data)
                .image(dataSignature)
                .image(metadata)
                .image(metadataSignature);
    }
}
