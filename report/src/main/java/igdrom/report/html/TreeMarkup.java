package igdrom.report.html;

import igdrom.firmware.Node;
import igdrom.report.text.ByteSize;

/// The parts of an image, to unfold one by one.
final class TreeMarkup {
    /// Real images have some ten thousand parts; a hostile one has more than a page can hold.
    private static final int MAX_NODES = 20_000;

    private int nodes;

    Markup render(Node root) {
        return Cards.details("All parts of the file")
                .attribute("class", "tree")
                .add(children(root))
                .build();
    }

    private Markup.Builder children(Node parent) {
        Markup.Builder list = Markup.element("ul");
        int shown = 0;
        for (Node child : parent.children()) {
            if (nodes == MAX_NODES) {
                int more = parent.children().size() - shown;
                return list.add(Markup.element("li", "dim").text(more + " more"));
            }
            nodes++;
            shown++;
            list.add(Markup.element("li").add(node(child)));
        }
        return list;
    }

    private Markup.Builder node(Node node) {
        Markup.Builder label =
                Markup.element("span", node.holdsArtifacts() ? "found" : "part").text(node.label());
        Markup.Builder extent =
                Markup.element("span", "code dim")
                        .text(
                                " 0x"
                                        + Long.toHexString(node.offset())
                                        + ", "
                                        + ByteSize.of(node.size()));
        if (node.children().isEmpty()) {
            return Markup.element("span").add(label).add(extent);
        }
        return Markup.element("details")
                .add(Markup.element("summary").add(label).add(extent))
                .add(children(node));
    }
}
