package igdrom.virtualigd;

import igdrom.knowledge.TsvTable;

/// Loads the tables that are resources of this package.
final class Tables {
    private Tables() {}

    static TsvTable load(String name, String... columns) {
        return TsvTable.load(Tables.class, name, columns);
    }
}
