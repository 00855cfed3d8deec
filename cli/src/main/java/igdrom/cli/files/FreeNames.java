package igdrom.cli.files;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Gives out distinct names for the files in one directory.
public final class FreeNames {
    private final Set<String> taken = new HashSet<>();

    /// The next number for a name: counting from the start for each file would take quadratic time.
    private final Map<String, Integer> next = new HashMap<>();

    /// @param taken names that are not given out
    public FreeNames(String... taken) {
        this.taken.addAll(Set.of(taken));
    }

    /// The name `stem` + `end`, with a number between them when it is taken.
    public String take(String stem, String end) {
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
