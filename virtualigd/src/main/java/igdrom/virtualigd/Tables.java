package igdrom.virtualigd;

import igdrom.knowledge.Tsv;

/// Loads the tables that are resources of this package.
final class Tables {
    private Tables() {}

    static Tsv load(String name, String... columns) {
        return Tsv.load(Tables.class, name, columns);
    }
}
