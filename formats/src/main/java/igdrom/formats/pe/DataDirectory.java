package igdrom.formats.pe;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;

/// Where one of the tables of an executable is.
///
/// Spec: PE/COFF, "Optional Header Data Directories". The address is relative to the image base,
/// but for the certificate table it is an offset in the file.
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
