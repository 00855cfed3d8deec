package igdrom.firmware;

import igdrom.bytes.Image;
import igdrom.bytes.Place;

/// Finds structures by their signatures, at any offset, in data that nothing points into.
final class Scanner {
    private final Explorer explorer;
    private final Wanted wanted;

    Scanner(Explorer explorer, Wanted wanted) {
        this.explorer = explorer;
        this.wanted = wanted;
    }

    /// Adds whatever is found in `data` to `node`.
    ///
    /// @param start where to begin: behind the header of the structure that `data` is
    void scan(Image data, long start, Place place, BranchBuilder node) {
        scan(data, start, data.size(), false, place, node);
    }

    /// Like [#scan], for a part of `data`: what begins in it may go on behind it.
    void scanPart(Image data, long start, long end, Place place, BranchBuilder node) {
        scan(data, start, end, false, place, node);
    }

    /// Like [#scan], for the inside of a program: it may carry a VBT or a ROM, but most that looks
    /// like a structure is a constant of its own, and only what holds a find is added. Where only
    /// GOPs are wanted nothing is looked for.
    void scanProgram(Image data, long start, Place place, BranchBuilder node) {
        if (wanted == Wanted.EVERYTHING) {
            scanForFinds(data, start, place, node);
        }
    }

    /// Like [#scanProgram], whatever is wanted.
    void scanForFinds(Image data, long start, Place place, BranchBuilder node) {
        scan(data, start, data.size(), true, place, node);
    }

    /// Like [#scanForFinds], for a part of `data`: what begins in it may go on behind it.
    void scanPartForFinds(Image data, long start, long end, Place place, BranchBuilder node) {
        scan(data, start, end, true, place, node);
    }

    private void scan(
            Image data, long start, long end, boolean findsOnly, Place place, BranchBuilder node) {
        if (!explorer.mayEnter(place)) {
            node.add(Explorer.tooDeep(place));
        } else if (!explorer.budget().takeSearch(end - start)) {
            node.add(Explorer.tooMuchSearched(place));
        } else {
            new Scan(explorer, data, findsOnly, place, node).run(start, end);
        }
    }
}
