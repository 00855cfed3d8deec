package igdrom.report.text;

import igdrom.firmware.Node;
import java.util.List;

/// Draws the parts of an image as a tree.
///
/// In a summary, only paths to artifacts are followed below the second level, and of many siblings
/// the first few are shown.
final class TreeText {
    private static final int MAX_LEVELS = 2;
    private static final int MAX_SIBLINGS = 12;
    private static final int MIN_LABEL_COLUMNS = 16;

    private final StyledText.Builder out;
    private final int columns;
    private final boolean all;
    private final String tee;
    private final String corner;
    private final String bar;
    private final String ellipsis;

    TreeText(StyledText.Builder out, TextLayout layout) {
        this.out = out;
        this.columns = layout.columns();
        this.all = layout.all();
        boolean unicode = layout.unicode();
        this.tee = unicode ? "├─ " : "|- ";
        this.corner = unicode ? "└─ " : "`- ";
        this.bar = unicode ? "│  " : "|  ";
        this.ellipsis = unicode ? "…" : "...";
    }

    void render(Node root) {
        children(root, "", 1);
    }

    private void children(Node parent, String indent, int level) {
        List<Node> children = parent.children();
        int hidden = 0;
        int shown = 0;
        boolean[] show = new boolean[children.size()];
        for (int i = 0; i < show.length; i++) {
            Node child = children.get(i);
            show[i] =
                    all || child.holdsArtifacts() || (level <= MAX_LEVELS && shown < MAX_SIBLINGS);
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
            String rest = shown == 0 ? parts(hidden) : hidden + " more";
            out.text(indent + corner).styled(Style.DIM, rest).newline();
        }
    }

    private void child(Node node, String indent, boolean last, int level) {
        String start = indent + (last ? corner : tee);
        String extent = "  0x" + Long.toHexString(node.offset()) + ", " + ByteSize.of(node.size());
        String label = fitted(node.label(), columns - start.length() - extent.length());
        out.text(start)
                .styled(isArtifact(node) ? Style.GOOD : Style.PLAIN, label)
                .styled(Style.DIM, extent)
                .newline();
        if (all || node.holdsArtifacts() || level < MAX_LEVELS) {
            children(node, indent + (last ? "   " : bar), level + 1);
        }
    }

    /// Whether this is the innermost part that holds an artifact.
    private static boolean isArtifact(Node node) {
        return node.holdsArtifacts() && node.children().stream().noneMatch(Node::holdsArtifacts);
    }

    private String fitted(String label, int room) {
        int max = Math.max(room, MIN_LABEL_COLUMNS);
        if (columns == 0 || label.length() <= max) {
            return label;
        }
        return label.substring(0, max - ellipsis.length()) + ellipsis;
    }

    private static String parts(int count) {
        return count == 1 ? "1 part" : count + " parts";
    }
}
