package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.compress.Codec;
import igdrom.formats.compress.Decompressed;
import igdrom.formats.compress.ExpansionBudget;
import java.util.List;
import java.util.function.Supplier;

/// The part of an image that a reader is reading: its location, what was found in it so far, and
/// the only way to read nested content.
///
/// A reader adds artifacts and parts, and passes data of unknown content to [#scan], which finds
/// the structures in it. All contexts of an image share one budget of depth, parts, searched bytes
/// and decompressed bytes.
final class Context {
    private final Budget budget;
    private final ArtifactFilter filter;
    private final Location location;
    private final SubtreeBuilder node;

    private Context(Budget budget, ArtifactFilter filter, Location location, SubtreeBuilder node) {
        this.budget = budget;
        this.filter = filter;
        this.location = location;
        this.node = node;
    }

    /// The context of a file, with a new budget.
    static Context ofFile(Image file, FileKind kind, Location location, ArtifactFilter filter) {
        SubtreeBuilder root = new SubtreeBuilder(Node.Type.FILE, kind.label(), 0, file.size());
        return new Context(new Budget(), filter, location, root);
    }

    Location location() {
        return location;
    }

    ArtifactFilter filter() {
        return filter;
    }

    /// Receives the problems of this part.
    Diagnostics diagnostics() {
        return node.diagnostics();
    }

    /// The same part, at a location further in.
    Context in(String step, long offset) {
        return new Context(budget, filter, location.in(step, offset), node);
    }

    /// The same part, at a location further in that is named by a GUID's first eight digits.
    Context in(String step, Guid guid, long offset) {
        return in(step + " " + guid.toString().substring(0, 8), offset);
    }

    /// The same part, at the start of decompressed data.
    Context decompressed(String label) {
        return new Context(budget, filter, location.decompressed(label), node);
    }

    /// A new part at this location, not yet added: pass its [#toSubtree] to [#add(Subtree)].
    ///
    /// @param offset in this part
    Context part(Node.Type type, String label, long offset, long size) {
        return new Context(budget, filter, location, new SubtreeBuilder(type, label, offset, size));
    }

    /// The finished part.
    Subtree toSubtree() {
        return node.build();
    }

    void add(Artifact artifact) {
        node.add(artifact);
    }

    void add(Subtree subtree) {
        node.add(subtree);
    }

    /// Adds a part that another thread may read meanwhile.
    void addLater(Supplier<Subtree> reading) {
        node.addLater(reading);
    }

    /// Sets the name that a user interface section gives to the file around it.
    void fileName(String name) {
        node.fileName(name);
    }

    /// Whether no artifact and no part was added.
    boolean isEmpty() {
        return node.isEmpty();
    }

    /// Whether the budget admits one more part. If not, that is reported.
    ///
    /// @param offset where the part begins
    boolean takePart(long offset) {
        if (budget.takeNode()) {
            return true;
        }
        diagnostics()
                .broken(
                        location,
                        offset,
                        "the image has more than %d parts: the rest is not read",
                        Budget.MAX_NODES);
        return false;
    }

    /// Whether this location may be entered. If it is nested too deep, that is reported.
    boolean mayEnter() {
        if (location.depth() < Budget.MAX_DEPTH) {
            return true;
        }
        diagnostics()
                .broken(location, 0, "nested deeper than %d levels: not read", Budget.MAX_DEPTH);
        return false;
    }

    /// Searches data for structures and adds them.
    ///
    /// @param start where the search begins: after the header, when `data` is a structure
    void scan(Image data, long start) {
        scan(data, start, data.size());
    }

    /// Searches part of `data`. Structures that begin in it may end after it.
    void scan(Image data, long start, long end) {
        descend(data, start, end, false);
    }

    /// Searches data that probably contains no structures, such as a program, whose constants can
    /// look like structures. Adds only those with an artifact in them.
    void scanForArtifacts(Image data, long start) {
        scanForArtifacts(data, start, data.size());
    }

    /// Like [#scanForArtifacts(Image, long)], for part of `data`.
    void scanForArtifacts(Image data, long start, long end) {
        descend(data, start, end, true);
    }

    /// Searches a program that is not expected to contain a GOP.
    void scanProgram(Image data, long start) {
        switch (filter) {
            case EVERYTHING -> scanForArtifacts(data, start);
            case GOPS -> {}
        }
    }

    private void descend(Image data, long start, long end, boolean artifactsOnly) {
        if (!mayEnter()) {
            return;
        }
        if (!budget.takeSearch(end - start)) {
            diagnostics()
                    .broken(
                            location,
                            0,
                            "more than %d GiB were searched in this image: the rest is not"
                                    + " searched",
                            Budget.MAX_SEARCHED_BYTES >> 30);
            return;
        }
        new SignatureScan(data, artifactsOnly, this).run(start, end);
    }

    /// Decompresses data. Corrupt data is reported.
    ///
    /// @return empty when the data cannot be decompressed
    List<Decompressed> decompress(Codec codec, Image compressed) {
        return decompress(budget -> List.of(codec.decompress(compressed, location, budget)));
    }

    /// Decompresses EFI 1.1 or Tiano data. Corrupt data is reported.
    ///
    /// @return one candidate for each of the two algorithms that fits
    List<Decompressed> decompressEfi(Image compressed) {
        return decompress(budget -> Codec.decompressEfi(compressed, location, budget));
    }

    private interface Decompression {
        List<Decompressed> run(ExpansionBudget budget);
    }

    private List<Decompressed> decompress(Decompression decompression) {
        try {
            return decompression.run(budget.decompressed());
        } catch (MalformedImageException e) {
            diagnostics().add(e.diagnostic());
            return List.of();
        }
    }

    /// Searches decompressed data and adds it as a part.
    ///
    /// @return whether anything was decompressed
    boolean scanDecompressed(List<Decompressed> candidates) {
        boolean found = false;
        for (Decompressed candidate : candidates) {
            report(candidate);
            scanWhole(candidate.bytes(), candidate.codec().label());
            found |= !candidate.bytes().isEmpty();
        }
        return found;
    }

    /// Reports the damage in compressed data.
    void report(Decompressed decompressed) {
        decompressed.damage().ifPresent(diagnostics()::add);
    }

    /// Joins pieces, searches the whole and adds it as a part.
    ///
    /// @param label describes the whole
    void scanJoined(List<Image> pieces, String label) {
        long size = 0;
        for (Image piece : pieces) {
            size += piece.size();
        }
        if (budget.decompressed().take(size)) {
            scanWhole(Image.join(pieces), label);
        } else {
            diagnostics()
                    .broken(
                            location,
                            0,
                            "more than %d MiB were decompressed in this image: not read",
                            MemoryLimit.decompressedBytes() >> 20);
        }
    }

    private void scanWhole(Image bytes, String label) {
        Context whole = decompressed(label).part(Node.Type.DECOMPRESSED, label, 0, bytes.size());
        whole.scan(bytes, 0);
        add(whole.toSubtree());
    }
}
