package igdrom.report.html;

import igdrom.firmware.Node;
import igdrom.report.ImageReport;
import igdrom.report.text.ByteSize;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The map of an image: a row each for its regions, its volumes and what was found, all drawn to
/// scale.
final class FlashMap {
    /// Units of a row.
    private static final long WIDTH = 10_000;

    /// So that a find of a few KiB in 16 MiB can be seen.
    private static final long MIN_WIDTH = 50;

    private static final int HEIGHT = 100;
    private static final int MAX_EXTENTS = 500;
    private static final int STEPS = 4;

    private final long size;
    private final Node root;
    private final List<Extent> regions = new ArrayList<>();
    private final List<Extent> volumes = new ArrayList<>();
    private final List<Extent> finds = new ArrayList<>();

    /// Bytes of the file.
    ///
    /// @param classes of the style sheet: one, or one for each kind of artifact in it
    private record Extent(List<String> classes, String label, long start, long size) {
        String describe() {
            return label + ", 0x" + Long.toHexString(start) + ", " + ByteSize.of(size);
        }
    }

    /// What the innermost parts are.
    private enum Find {
        GOP("GOP"),
        VBT("VBT"),
        VGA_BIOS("VGA BIOS");

        private final String label;

        Find(String label) {
            this.label = label;
        }

        private static Find of(Node leaf) {
            return switch (leaf.type()) {
                case VBT, OPREGION -> VBT;
                case ROM, ROM_IMAGE -> VGA_BIOS;
                case FILE,
                        FLASH,
                        REGION,
                        CAPSULE,
                        UPDATE,
                        VOLUME,
                        FFS_FILE,
                        SECTION,
                        DECOMPRESSED,
                        PROGRAM,
                        ARCHIVE,
                        DATA ->
                        GOP;
            };
        }

        private String classes() {
            return "find-" + label.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
        }
    }

    FlashMap(ImageReport report) {
        this.size = report.size();
        this.root = report.contents().tree();
        if (size > 0) {
            collect(root, 0);
        }
    }

    /// The map; empty when the file has neither regions nor volumes.
    List<Markup> render() {
        if (regions.isEmpty() && volumes.isEmpty()) {
            return List.of();
        }
        Markup.Builder map =
                Markup.element("section", "map").add(Markup.element("h2").text("Map of the image"));
        addRow(map, "Regions", regions);
        addRow(map, "Volumes", volumes);
        addRow(map, "Found", finds);
        map.add(axis());
        if (!finds.isEmpty()) {
            map.add(legend());
        }
        return List.of(map.build());
    }

    private void collect(Node parent, long start) {
        for (Node child : parent.children()) {
            if (child.type() == Node.Type.DECOMPRESSED) {
                // Its offsets count from another beginning.
                continue;
            }
            long at = start + child.offset();
            switch (child.type()) {
                case REGION ->
                        add(
                                regions,
                                new Extent(
                                        List.of(region(child)), child.label(), at, child.size()));
                case VOLUME -> addVolume(child, at);
                case FILE,
                        FLASH,
                        CAPSULE,
                        UPDATE,
                        FFS_FILE,
                        SECTION,
                        DECOMPRESSED,
                        ROM,
                        ROM_IMAGE,
                        PROGRAM,
                        VBT,
                        OPREGION,
                        ARCHIVE,
                        DATA -> {}
            }
            if (child.holdsArtifacts() && isInnermost(child)) {
                addFind(child, at);
            }
            collect(child, at);
        }
    }

    private static String region(Node node) {
        return node.label().startsWith("BIOS") ? "region bios" : "region";
    }

    /// Volumes may be nested; the map shows the outer ones.
    private void addVolume(Node node, long at) {
        Extent last = volumes.isEmpty() ? null : volumes.getLast();
        if (last == null || at >= last.start() + last.size()) {
            add(volumes, new Extent(List.of("volume"), node.label(), at, node.size()));
        }
    }

    /// Whether no part below it that is in the file itself holds an artifact.
    private static boolean isInnermost(Node node) {
        return node.children().stream()
                .noneMatch(
                        child -> child.holdsArtifacts() && child.type() != Node.Type.DECOMPRESSED);
    }

    private void addFind(Node node, long at) {
        Set<Find> kinds = EnumSet.noneOf(Find.class);
        boolean compressed = kinds(node, kinds);
        List<String> labels = kinds.stream().map(kind -> kind.label).toList();
        add(
                finds,
                new Extent(
                        kinds.stream().map(Find::classes).toList(),
                        String.join(" and ", labels) + (compressed ? ", compressed" : ""),
                        at,
                        node.size()));
    }

    /// Collects the kinds of artifacts in a part.
    ///
    /// @return whether they are in decompressed data
    private static boolean kinds(Node node, Set<Find> kinds) {
        boolean compressed = false;
        boolean leaf = true;
        for (Node child : node.children()) {
            if (child.holdsArtifacts()) {
                leaf = false;
                compressed |= child.type() == Node.Type.DECOMPRESSED;
                compressed |= kinds(child, kinds);
            }
        }
        if (leaf) {
            kinds.add(Find.of(node));
        }
        return compressed;
    }

    /// Adds what is inside the file: a damaged header may claim more.
    private void add(List<Extent> row, Extent extent) {
        if (row.size() < MAX_EXTENTS && extent.start() < size && extent.size() > 0) {
            long end = Math.min(size, extent.start() + extent.size());
            row.add(
                    new Extent(
                            extent.classes(),
                            extent.label(),
                            extent.start(),
                            end - extent.start()));
        }
    }

    private void addRow(Markup.Builder map, String name, List<Extent> extents) {
        if (extents.isEmpty()) {
            return;
        }
        Markup.Builder svg =
                Markup.element("svg")
                        .attribute("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
                        .attribute("preserveAspectRatio", "none")
                        .attribute("role", "img")
                        .attribute("aria-label", name + ": " + describe(extents));
        svg.add(rectangle("empty", 0, WIDTH, 0, HEIGHT));
        for (Extent extent : extents) {
            long left = extent.start() * WIDTH / size;
            long width = Math.max(MIN_WIDTH, extent.size() * WIDTH / size);
            int kinds = extent.classes().size();
            for (int kind = 0; kind < kinds; kind++) {
                int top = kind * HEIGHT / kinds;
                svg.add(
                        rectangle(
                                        extent.classes().get(kind),
                                        Math.min(left, WIDTH - width),
                                        width,
                                        top,
                                        (kind + 1) * HEIGHT / kinds - top)
                                .add(Markup.element("title").text(extent.describe())));
            }
        }
        map.add(
                Markup.element("div", "map-row")
                        .add(Markup.element("span", "map-name").text(name))
                        .add(svg));
    }

    private static Markup.Builder rectangle(
            String classes, long left, long width, int top, int height) {
        return Markup.element("rect", classes)
                .attribute("x", Long.toString(left))
                .attribute("y", Integer.toString(top))
                .attribute("width", Long.toString(width))
                .attribute("height", Integer.toString(height));
    }

    private static String describe(List<Extent> extents) {
        return String.join("; ", extents.stream().map(Extent::describe).toList());
    }

    private Markup.Builder axis() {
        Markup.Builder axis = Markup.element("div", "axis").attribute("aria-hidden", "true");
        for (int step = 0; step <= STEPS; step++) {
            axis.add(
                    Markup.element("span")
                            .text(step == 0 ? "0" : ByteSize.of(size * step / STEPS)));
        }
        return axis;
    }

    private Markup.Builder legend() {
        Markup.Builder list = Markup.element("ul", "legend");
        for (Extent find : finds) {
            Markup.Builder line = Markup.element("li");
            for (String kind : find.classes()) {
                line.add(Markup.element("span", "swatch " + kind));
            }
            list.add(line.text(find.describe()));
        }
        return list;
    }
}
