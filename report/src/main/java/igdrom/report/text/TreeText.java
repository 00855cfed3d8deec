package igdrom.report.text;

import igdrom.firmware.Node;
import java.util.List;

/// Draws the parts of an image as a tree. Its lines are cut at the width instead of folded.
final class TreeText {
    private static final int MIN_LABEL_COLUMNS = 16;

    private final StyledText.Builder out;
    private final int columns;
    private final String tee;
    private final String corner;
    private final String bar;
    private final String ellipsis;

    TreeText(StyledText.Builder out, TextLayout layout) {
        this.out = out;
        this.columns = layout.columns();
        boolean unicode = layout.unicode();
        this.tee = unicode ? "├─ " : "|- ";
        this.corner = unicode ? "└─ " : "`- ";
        this.bar = unicode ? "│  " : "|  ";
        this.ellipsis = unicode ? "…" : "...";
    }

    void render(Node root) {
        children(root, "");
    }

    private void children(Node parent, String indent) {
        List<Node> children = parent.children();
        for (int i = 0; i < children.size(); i++) {
            child(children.get(i), indent, i == children.size() - 1);
        }
    }

    private void child(Node node, String indent, boolean last) {
        String start = indent + (last ? corner : tee);
        String extent = "  0x" + Long.toHexString(node.offset()) + ", " + ByteSize.of(node.size());
        int room = columns - start.length() - extent.length();
        boolean crowded = columns > 0 && room < MIN_LABEL_COLUMNS;
        String label = fitted(node.label(), crowded ? columns - start.length() : room);
        out.text(start)
                .styled(isArtifact(node) ? Style.GOOD : Style.PLAIN, label)
                .styled(Style.DIM, crowded ? "" : extent)
                .wholeLine();
        children(node, indent + (last ? "   " : bar));
    }

    /// Whether this is the innermost part that holds an artifact.
    private static boolean isArtifact(Node node) {
        return node.holdsArtifacts() && node.children().stream().noneMatch(Node::holdsArtifacts);
    }

    private String fitted(String label, int room) {
        if (columns == 0 || label.length() <= room) {
            return label;
        }
        return label.substring(0, Math.max(1, room - ellipsis.length())) + ellipsis;
    }
}
