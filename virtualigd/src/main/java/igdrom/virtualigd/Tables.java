package igdrom.virtualigd;

import igdrom.knowledge.Tsv;

/// The tables beside these classes.
final class Tables {
    private Tables() {}

    static Tsv load(String name, String... columns) {
        return Tsv.load(Tables.class, name, columns);
    }
}
