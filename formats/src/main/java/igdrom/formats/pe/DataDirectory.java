package igdrom.formats.pe;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;

/// Address and size of one of the tables of an executable.
///
/// Spec: PE/COFF, "Optional Header Data Directories".
///
/// @param virtualAddress relative to the image base; for the certificate table a file offset
public record DataDirectory(long virtualAddress, long size) {
    static final int BYTES = 8;

    static DataDirectory read(Cursor in) {
        return new DataDirectory(in.u32("VirtualAddress"), in.u32("Size"));
    }

    void write(Emitter out) {
        out.u32(virtualAddress).u32(size);
    }

    public boolean isEmpty() {
        return size == 0;
    }
}
