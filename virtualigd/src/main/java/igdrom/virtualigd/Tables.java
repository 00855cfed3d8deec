package igdrom.virtualigd;

import igdrom.knowledge.TsvTable;

/// The tables beside these classes.
final class Tables {
    private Tables() {}

    static TsvTable load(String name, String... columns) {
        return TsvTable.load(Tables.class, name, columns);
    }
}
