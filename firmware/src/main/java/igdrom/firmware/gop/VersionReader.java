package igdrom.firmware.gop;

import igdrom.bytes.Image;

/// Reads a GOP's version.
///
/// Observed: 24 drivers from Sandy Bridge to Meteor Lake (the rows of `gops.tsv` with a version)
/// assemble their name when they start, `Intel(R) GOP Driver [21.0.1066]`: the code takes the
/// address of " [", the major, ".", the minor, ".", the build and "]" in this order, and omits a
/// "." whose address is still in a register. Two earlier drivers (3.0.1013 and 2.0.1019, in an
/// image of Acer) have `Intel(R) GOP Driver [3.0.13.1013]`, with "3.0" in one piece; the meaning of
/// the third number is unknown.
final class VersionReader implements References.Visitor {
    /// References between " [" and "]": five, plus some for compilers that move instructions.
    private static final int MAX_REFERENCES = 8;

    private final Image image;
    private final int[] numbers = new int[4];

    /// How many numbers the name has.
    private int expected;

    private int found = -1;
    private int seen;
    private long majorAt = -1;
    private boolean complete;

    /// @param image the executable that [References] visits
    VersionReader(Image image) {
        this.image = image;
    }

    /// A version as far as it was found.
    ///
    /// @param majorAt file offset of the major's constant, or -1
    record Result(GopVersion version, long majorAt) {}

    /// The version that the visited references led to.
    Result fromCode() {
        return complete
                ? new Result(new GopVersion(numbers[0], numbers[1], numbers[expected - 1]), majorAt)
                : new Result(GopVersion.UNKNOWN, -1);
    }

    @Override
    public void visit(Image code, long next, long target) {
        if (complete) {
            return;
        }
        if (TextConstants.isText(image, target, " [")) {
            found = 0;
            expected = 3;
            seen = 0;
        } else if (found == expected && TextConstants.isText(image, target, "]")) {
            complete = true;
        } else if (found >= 0) {
            number(target);
        }
    }

    private void number(long target) {
        int number = TextConstants.number(image, target, 4);
        int pair = found == 0 ? TextConstants.pair(image, target) : -1;
        if (found == 0 && (number >= 0 || pair >= 0)) {
            majorAt = target;
        }
        if (pair >= 0) {
            numbers[found++] = pair >>> Short.SIZE;
            numbers[found++] = pair & 0xffff;
            expected = 4;
        } else if (number >= 0 && found < expected) {
            numbers[found++] = number;
        }
        if (++seen > MAX_REFERENCES) {
            found = -1;
        }
    }

    /// The version according to the constants near the driver's name: the build has four digits,
    /// and the major follows the table of ids.
    ///
    /// @param from where the names start
    /// @param tableEnd where the table of ids ends, or -1
    /// @param to where the search for the build ends
    static Result fromConstants(Image image, long from, long tableEnd, long to) {
        Integer build = null;
        for (long at = from; at < to && build == null; at += 2) {
            int number = TextConstants.number(image, at, 4);
            if (number >= 1000) {
                build = number;
            }
        }
        Integer major = null;
        Integer minor = null;
        long majorAt = -1;
        if (tableEnd >= 0) {
            long at = tableEnd;
            while (at <= image.size() - 2
                    && at < tableEnd + IdTable.MAX_PADDING
                    && image.u16(at) == 0) {
                at += 2;
            }
            int number = TextConstants.number(image, at, 2);
            int pair = TextConstants.pair(image, at);
            if (pair >= 0) {
                number = pair >>> Short.SIZE;
                minor = pair & 0xffff;
            }
            if (number > 0) {
                major = number;
                majorAt = at;
            }
        }
        return new Result(new GopVersion(major, minor, build), majorAt);
    }
}
