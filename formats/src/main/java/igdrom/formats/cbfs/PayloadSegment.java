package igdrom.formats.cbfs;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/// A segment of a payload: data to load into memory before the payload is started.
///
/// Spec: coreboot cbfs_serialized.h, "struct cbfs_payload_segment".
///
/// @param compression as in [CbfsFile]
/// @param offset of the data, from the start of the payload
/// @param memorySize of the loaded segment
public record PayloadSegment(long compression, long offset, long memorySize, Image data) {
    private static final long ENTRY = 0x454e5452L;

    /// Real payloads have about five segments.
    private static final int MAX_SEGMENTS = 64;

    /// Reads the segments that have data, up to the entry segment.
    public static List<PayloadSegment> readAll(
            Image payload, Location location, Diagnostics diagnostics) {
        List<PayloadSegment> segments = new ArrayList<>();
        Cursor in = new Cursor(payload, location);
        try {
            for (int i = 0; i < MAX_SEGMENTS; i++) {
                long type = BigEndian.u32(in, "Type");
                long compression = BigEndian.u32(in, "Compression");
                long offset = BigEndian.u32(in, "Offset");
                in.skip("LoadAddr", 8);
                long size = BigEndian.u32(in, "Len");
                long memorySize = BigEndian.u32(in, "MemLen");
                if (type == ENTRY) {
                    break;
                }
                if (size > 0) {
                    Image data =
                            new Cursor(payload, location)
                                    .seek("Offset", offset)
                                    .image("Data", size);
                    segments.add(new PayloadSegment(compression, offset, memorySize, data));
                }
            }
        } catch (MalformedImageException e) {
            diagnostics.add(e.diagnostic());
        }
        return segments;
    }
}
