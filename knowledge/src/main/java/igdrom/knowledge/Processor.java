package igdrom.knowledge;

import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// A processor and the GPU in it: a row of `processors.tsv`.
///
/// @param name such as `Core i5-8500`
/// @param ids of the GPU, the most frequent first; a few processors were seen with two
/// @param machines on which that was seen
public record Processor(String name, List<PciId> ids, int machines, String source, String checked) {
    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");

    /// What surrounds the name in `/proc/cpuinfo` and in shops.
    private static final Pattern NOISE =
            Pattern.compile("\\((r|tm)\\)|[®™]|@.*|\\b\\d+(st|nd|rd|th) gen\\b");

    /// Words that do not distinguish two processors.
    private static final Set<String> FILLERS =
            Set.of("intel", "cpu", "processor", "gold", "silver");

    /// A shorter end of a name, such as `v5`, names no processor.
    private static final int MIN_NAME = 3;

    public Processor {
        ids = List.copyOf(ids);
    }

    static Processor of(TsvTable.Row row) {
        List<PciId> ids = new ArrayList<>();
        for (String id : row.text(1).split(" ", -1)) {
            PciId device = PciId.intel(row.hexadecimal(id));
            if (!Knowledge.knows(device)) {
                throw row.broken("devices.tsv has no row for " + device);
            }
            ids.add(device);
        }
        return new Processor(row.text(0), ids, row.number(2), row.text(3), row.text(4));
    }

    /// Whether a user means this processor: the name in any case and with any separators, with or
    /// without the words before the model number: `i5 8500`, `Intel(R) Core(TM) i5-8500 CPU`.
    boolean isMeantBy(String text) {
        String meant = String.join("", words(text));
        if (meant.length() < MIN_NAME) {
            return false;
        }
        String end = "";
        for (String word : words(name).reversed()) {
            end = word + end;
            if (end.equals(meant)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> words(String text) {
        String lower = NOISE.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ");
        List<String> words = new ArrayList<>(List.of(NO_WORD.split(lower, -1)));
        words.removeIf(word -> word.isEmpty() || FILLERS.contains(word));
        return words;
    }
}
