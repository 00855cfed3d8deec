package igdrom.firmware;

import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.SignaturePrefixes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One pass over data that finds structures by their signatures.
///
/// Bytes that were read as a structure are not searched again, even when the structure held
/// nothing: its reader has examined everything inside. Otherwise each level of nesting would double
/// the work.
final class SignatureScan {
    private record Row(Structure structure, Signature signature) {}

    private static final SignaturePrefixes PREFIXES = new SignaturePrefixes();

    /// The rows by the first two bytes of the signature, as a little-endian number.
    private static final Map<Integer, List<Row>> ROWS = new HashMap<>();

    static {
        for (Structure structure : Structures.ALL) {
            for (Signature signature : structure.signatures()) {
                Image bytes = signature.bytes();
                PREFIXES.with(bytes.u8(0), bytes.u8(1));
                ROWS.computeIfAbsent(bytes.u16(0), _ -> new ArrayList<>())
                        .add(new Row(structure, signature));
            }
        }
    }

    private final Image data;
    private final boolean artifactsOnly;
    private final Context context;
    private final GopMarks marks;

    /// The end of the structure that was read last.
    private long floor;

    /// @param artifactsOnly whether to add only what holds an artifact
    SignatureScan(Image data, boolean artifactsOnly, Context context) {
        this.data = data;
        this.artifactsOnly = artifactsOnly;
        this.context = context;
        this.marks = new GopMarks(data);
    }

    /// Reads the structures whose signatures begin between `start` and `end`. They may end after
    /// `end`.
    void run(long start, long end) {
        floor = start;
        long at = data.indexOfAny(PREFIXES, start);
        while (at >= 0 && at < end) {
            Reading reading = readAt(at);
            if (reading != null) {
                Subtree subtree = reading.subtree();
                if (subtree != null && isWanted(subtree)) {
                    if (!context.takePart(at)) {
                        return;
                    }
                    context.add(subtree);
                }
                floor = Math.max(reading.end(), at + 1);
                at = floor - 1;
            }
            at = data.indexOfAny(PREFIXES, at + 1);
        }
    }

    /// Updates are reported even when they hold no artifact.
    private boolean isWanted(Subtree subtree) {
        return !artifactsOnly
                || !subtree.artifacts().isEmpty()
                || subtree.node().type() == Node.Type.UPDATE;
    }

    /// Reads the structure with a signature at `at`.
    private @Nullable Reading readAt(long at) {
        try {
            for (Row row : ROWS.getOrDefault(data.u16(at), List.of())) {
                long start = at - row.signature.offset();
                if (start >= floor
                        && data.matches(at, row.signature.bytes())
                        && row.structure.beginsAt(data, start)) {
                    Candidate candidate = new Candidate(data, start, marks);
                    Reading reading = row.structure.read(candidate, context).orElse(null);
                    if (reading != null) {
                        return reading;
                    }
                }
            }
        } catch (MalformedImageException _) {
            // These bytes only look like the start of a structure.
        }
        return null;
    }
}
