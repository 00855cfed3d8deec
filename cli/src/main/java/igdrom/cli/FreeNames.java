package igdrom.cli;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Gives out names for files in one folder, none of them twice.
final class FreeNames {
    private final Set<String> taken = new HashSet<>();

    /// The number that is next for a name: to count from the start for each of many takes long.
    private final Map<String, Integer> next = new HashMap<>();

    FreeNames(String... taken) {
        this.taken.addAll(Set.of(taken));
    }

    /// `stem` and `end`, with a number between them when another one has that name.
    String take(String stem, String end) {
        String wanted = stem + end;
        String name = wanted;
        int number = next.getOrDefault(wanted, 2);
        while (!taken.add(name)) {
            name = stem + "-" + number + end;
            number++;
        }
        next.put(wanted, number);
        return name;
    }
}
