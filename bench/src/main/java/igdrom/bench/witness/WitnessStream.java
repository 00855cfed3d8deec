package igdrom.bench.witness;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads reports one after another from a debug port.
public final class WitnessStream {
    private final InputStream in;
    private int number;

    public WitnessStream(InputStream in) {
        this.in = in;
    }

    /// Waits for the next report; empty at the end of the stream.
    ///
    /// @throws igdrom.bytes.MalformedImageException when the next bytes are not a report
    public Optional<Witness> next() throws IOException {
        Location location = Location.root("witness").in("report " + ++number, 0);
        byte[] header = in.readNBytes(Witness.HEADER_SIZE);
        if (header.length == 0) {
            return Optional.empty();
        }
        Image head = Image.of(header);
        if (head.size() < Witness.HEADER_SIZE || !head.startsWith(Witness.SIGNATURE)) {
            return Optional.of(Witness.read(head, location));
        }
        long size = head.u32(Witness.SIZE_OFFSET);
        if (size < Witness.HEADER_SIZE || size > Witness.MAX_SIZE) {
            return Optional.of(Witness.read(head, location));
        }
        Image rest = Image.of(in.readNBytes((int) size - Witness.HEADER_SIZE));
        return Optional.of(Witness.read(new Emitter().image(head).image(rest).toImage(), location));
    }
}
