package igdrom.cli.commands;

import igdrom.cli.output.Output;
import igdrom.cli.output.OutputException;
import igdrom.cli.output.Style;
import igdrom.firmware.Node;
import java.util.List;

/// Draws what an image consists of.
///
/// Unless all is asked for, only ways to finds are followed below the second level, and of many
/// parts beside each other the first few are shown.
final class TreePrinter {
    private static final int LEVELS = 2;
    private static final int SIBLINGS = 12;
    private static final int FEWEST_COLUMNS = 16;

    private final Output out;
    private final int columns;
    private final boolean all;
    private final String tee;
    private final String corner;
    private final String bar;
    private final String dots;

    TreePrinter(Output out, int columns, boolean all) {
        this.out = out;
        this.columns = columns;
        this.all = all;
        boolean unicode = out.unicode();
        this.tee = unicode ? "├─ " : "|- ";
        this.corner = unicode ? "└─ " : "`- ";
        this.bar = unicode ? "│  " : "|  ";
        this.dots = unicode ? "…" : "...";
    }

    void print(Node root) throws OutputException {
        children(root, "", 1);
    }

    private void children(Node parent, String indent, int level) throws OutputException {
        List<Node> children = parent.children();
        int hidden = 0;
        int shown = 0;
        boolean[] show = new boolean[children.size()];
        for (int i = 0; i < show.length; i++) {
            Node child = children.get(i);
            show[i] = all || child.holdsArtifacts() || (level <= LEVELS && shown < SIBLINGS);
            if (show[i]) {
                shown++;
            } else {
                hidden++;
            }
        }
        int left = shown;
        for (int i = 0; i < show.length; i++) {
            if (show[i]) {
                left--;
                child(children.get(i), indent, left == 0 && hidden == 0, level);
            }
        }
        if (hidden > 0) {
            String what = shown == 0 ? parts(hidden) : hidden + " more";
            out.text(indent + corner).styled(Style.FAINT, what).newline();
        }
    }

    private void child(Node node, String indent, boolean last, int level) throws OutputException {
        String start = indent + (last ? corner : tee);
        String where = "  0x" + Long.toHexString(node.offset()) + ", " + Sizes.of(node.size());
        out.text(start);
        String label = fitted(node.label(), columns - start.length() - where.length());
        if (isFind(node)) {
            out.styled(Style.GOOD, label);
        } else {
            out.text(label);
        }
        out.styled(Style.FAINT, where).newline();
        if (all || node.holdsArtifacts() || level < LEVELS) {
            children(node, indent + (last ? "   " : bar), level + 1);
        }
    }

    /// The innermost part that holds a find.
    private static boolean isFind(Node node) {
        if (!node.holdsArtifacts()) {
            return false;
        }
        for (Node child : node.children()) {
            if (child.holdsArtifacts()) {
                return false;
            }
        }
        return true;
    }

    private String fitted(String label, int room) {
        int most = Math.max(room, FEWEST_COLUMNS);
        if (columns == 0 || label.length() <= most) {
            return label;
        }
        return label.substring(0, most - dots.length()) + dots;
    }

    private static String parts(int count) {
        return count == 1 ? "1 part" : count + " parts";
    }
}
