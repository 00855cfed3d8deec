package igdrom.firmware;

import igdrom.bytes.Image;
import igdrom.bytes.Location;

/// Finds structures by their signatures, at any offset, in data that nothing points into.
final class Scanner {
    private final Explorer explorer;
    private final ArtifactFilter wanted;

    Scanner(Explorer explorer, ArtifactFilter wanted) {
        this.explorer = explorer;
        this.wanted = wanted;
    }

    /// Adds whatever is found in `data` to `node`.
    ///
    /// @param start where to begin: behind the header of the structure that `data` is
    void scan(Image data, long start, Location location, BranchBuilder node) {
        scan(data, start, data.size(), false, location, node);
    }

    /// Like [#scan], for a part of `data`: what begins in it may go on behind it.
    void scanPart(Image data, long start, long end, Location location, BranchBuilder node) {
        scan(data, start, end, false, location, node);
    }

    /// Like [#scan], for the inside of a program: it may carry a VBT or a ROM, but most that looks
    /// like a structure is a constant of its own, and only what holds a find is added. Where only
    /// GOPs are wanted nothing is looked for.
    void scanProgram(Image data, long start, Location location, BranchBuilder node) {
        if (wanted == ArtifactFilter.EVERYTHING) {
            scanForFinds(data, start, location, node);
        }
    }

    /// Like [#scanProgram], whatever is wanted.
    void scanForFinds(Image data, long start, Location location, BranchBuilder node) {
        scan(data, start, data.size(), true, location, node);
    }

    /// Like [#scanForFinds], for a part of `data`: what begins in it may go on behind it.
    void scanPartForFinds(Image data, long start, long end, Location location, BranchBuilder node) {
        scan(data, start, end, true, location, node);
    }

    private void scan(
            Image data,
            long start,
            long end,
            boolean findsOnly,
            Location location,
            BranchBuilder node) {
        if (!explorer.mayEnter(location)) {
            node.add(Explorer.tooDeep(location));
        } else if (!explorer.budget().takeSearch(end - start)) {
            node.add(Explorer.tooMuchSearched(location));
        } else {
            new Scan(explorer, data, findsOnly, location, node).run(start, end);
        }
    }
}
