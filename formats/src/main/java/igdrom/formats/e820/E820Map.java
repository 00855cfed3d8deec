package igdrom.formats.e820;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/// A map of memory, in the order of the file.
public record E820Map(List<E820Entry> entries) {
    /// More than any machine has.
    private static final int MAX_ENTRIES = 256;

    public E820Map {
        entries = List.copyOf(entries);
    }

    /// Reads the file `etc/e820`.
    ///
    /// @throws MalformedImageException when it does not hold whole entries
    public static E820Map read(Image file, Location location) {
        if (file.size() % E820Entry.SIZE != 0 || file.size() > MAX_ENTRIES * E820Entry.SIZE) {
            throw new MalformedImageException(
                    location,
                    0,
                    "%d bytes are not up to %d entries of %d bytes"
                            .formatted(file.size(), MAX_ENTRIES, E820Entry.SIZE));
        }
        Cursor in = new Cursor(file, location);
        List<E820Entry> entries = new ArrayList<>();
        while (in.remaining() > 0) {
            entries.add(E820Entry.read(in));
        }
        return new E820Map(entries);
    }

    /// The bytes of the file.
    public Image image() {
        Emitter out = new Emitter();
        for (E820Entry entry : entries) {
            entry.write(out);
        }
        return out.toImage();
    }
}
