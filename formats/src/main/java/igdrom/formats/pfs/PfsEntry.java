package igdrom.formats.pfs;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;

/// An entry of a [PfsPackage]: data and metadata, each with a signature.
///
/// Source: platomav/BIOSUtilities 70c3a08, "DellPfsEntryBase".
///
/// @param guid of the component; entries of nested packages may share one
/// @param headerVersion 1, or 2 with a longer `unknown`
/// @param versionType the format of each of the four numbers of the version: `N` decimal, `A`
///   hexadecimal, a space for an unused number
/// @param version the four numbers of 16 bits
/// @param sizes of the four parts, as the header claims them
/// @param data and the other three parts are shorter than claimed in a truncated image
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
    /// The sizes of the parts, as the header claims them.
    public record Sizes(long data, long dataSignature, long metadata, long metadataSignature) {}

    /// The smallest entry: a header of version 1.
    static final int MIN_SIZE = 0x48;

    private static final int VERSION_TYPE_SIZE = 4;
    private static final int VERSION_SIZE = 8;
    private static final int UNKNOWN_SIZE_V1 = 16;
    private static final int UNKNOWN_SIZE_V2 = 32;

    /// Reads the entry at the cursor, which may be truncated after its header.
    ///
    /// @throws MalformedImageException when the header is invalid
    static PfsEntry read(Cursor in, Diagnostics diagnostics) {
        long start = in.position();
        Guid guid = in.guid("Guid");
        long headerVersion = in.u32("HeaderVersion");
        if (headerVersion != 1 && headerVersion != 2) {
            throw new MalformedImageException(
                    in.location(),
                    start + Guid.SIZE,
                    "HeaderVersion is 0x%x, expected 0x1 or 0x2",
                    headerVersion);
        }
        Image versionType = in.image("VersionType", VERSION_TYPE_SIZE);
        Image version = in.image("Version", VERSION_SIZE);
        long reserved = in.u64("Reserved");
        Sizes sizes =
                new Sizes(
                        in.u32("DataSize"),
                        in.u32("DataSigSize"),
                        in.u32("DataMetSize"),
                        in.u32("DataMetSigSize"));
        Image unknown = in.image("Unknown", headerVersion == 1 ? UNKNOWN_SIZE_V1 : UNKNOWN_SIZE_V2);
        long left = in.remaining();
        Image data = readPart(in, sizes.data);
        Image dataSignature = readPart(in, sizes.dataSignature);
        Image metadata = readPart(in, sizes.metadata);
        Image metadataSignature = readPart(in, sizes.metadataSignature);
        long claimed = sizes.data + sizes.dataSignature + sizes.metadata + sizes.metadataSignature;
        if (claimed > left) {
            diagnostics.broken(
                    in.location(),
                    start,
                    "the parts of the entry take 0x%x bytes, only 0x%x are left",
                    claimed,
                    left);
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

    private static Image readPart(Cursor in, long size) {
        return in.image("Part", Math.min(size, in.remaining()));
    }

    /// The offset of the data from the start of the entry.
    public long dataOffset() {
        return MIN_SIZE - UNKNOWN_SIZE_V1 + unknown.size();
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
