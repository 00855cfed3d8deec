package igdrom.virtualigd;

import igdrom.knowledge.TsvTable;

/// The platforms that a table row applies to: a range of graphics versions such as `900-1299` or
/// `1200-`, or `all`.
record GraphicsVersions(int first, int last) {
    static GraphicsVersions of(TsvTable.Row row, int column) {
        String text = row.text(column);
        if (text.equals("all")) {
            return new GraphicsVersions(0, Integer.MAX_VALUE);
        }
        int dash = text.indexOf('-');
        try {
            int first = Integer.parseInt(text, 0, dash, 10);
            boolean open = dash == text.length() - 1;
            int last =
                    open ? Integer.MAX_VALUE : Integer.parseInt(text, dash + 1, text.length(), 10);
            return new GraphicsVersions(first, last);
        } catch (NumberFormatException | IndexOutOfBoundsException _) {
            throw row.broken("\"" + text + "\" is not a range of graphics versions");
        }
    }

    boolean contains(int version) {
        return version >= first && version <= last;
    }
}
