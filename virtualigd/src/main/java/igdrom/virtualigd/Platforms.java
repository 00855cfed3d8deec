package igdrom.virtualigd;

import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.knowledge.TsvTable;
import java.util.HashSet;
import java.util.Set;

/// The platforms that a table row applies to: `all`, a range of graphics versions such as
/// `900-1299` or `1200-`, a range without some platforms such as `900-1099!APL,GLK`, or platforms
/// by name such as `BYT,CHV`.
record Platforms(int first, int last, Set<String> named, boolean excluded) {
    Platforms {
        named = Set.copyOf(named);
    }

    static Platforms of(TsvTable.Row row, int column) {
        String text = row.text(column);
        int mark = text.indexOf('!');
        String range = mark < 0 ? text : text.substring(0, mark);
        Set<String> excluded = mark < 0 ? Set.of() : names(row, text.substring(mark + 1));
        if (range.equals("all")) {
            return new Platforms(0, Integer.MAX_VALUE, excluded, true);
        }
        if (!range.isEmpty() && Character.isLetter(range.charAt(0)) && mark < 0) {
            return new Platforms(0, Integer.MAX_VALUE, names(row, range), false);
        }
        int dash = range.indexOf('-');
        try {
            int first = Integer.parseInt(range, 0, dash, 10);
            boolean open = dash == range.length() - 1;
            int last =
                    open
                            ? Integer.MAX_VALUE
                            : Integer.parseInt(range, dash + 1, range.length(), 10);
            return new Platforms(first, last, excluded, true);
        } catch (NumberFormatException | IndexOutOfBoundsException _) {
            throw row.broken("\"" + text + "\" is not a range of graphics versions");
        }
    }

    private static Set<String> names(TsvTable.Row row, String list) {
        Set<String> names = new HashSet<>();
        for (String name : list.split(",", -1)) {
            if (Knowledge.platform(name).isEmpty()) {
                throw row.broken("\"" + name + "\" is not a platform");
            }
            names.add(name);
        }
        return names;
    }

    boolean contains(Platform platform) {
        int version = platform.graphicsVersion();
        return version >= first && version <= last && named.contains(platform.name()) != excluded;
    }
}
