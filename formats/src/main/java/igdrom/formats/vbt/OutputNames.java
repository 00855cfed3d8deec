package igdrom.formats.vbt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Finds outputs of a VBT by the names that users type.
///
/// An output has one name, such as `eDP-A` or `DP-B`. Others also select it where no output has
/// that name: its kind (`HDMI`), its Type-C port (`DP-TC1`), either half of a DP++ connector
/// (`HDMI-B`), its name in driver logs (`EFP-1`), and its number in the list of outputs (`2`). Case
/// makes no difference.
final class OutputNames {
    private OutputNames() {}

    /// The positions of the outputs that a name selects; empty when it selects no output.
    static List<Integer> matching(List<Output> outputs, String name) {
        List<Integer> exact = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            if (output.name().equalsIgnoreCase(name)) {
                exact.add(i);
            } else if (name.equals(Integer.toString(i + 1))
                    || others(output).contains(name.toLowerCase(Locale.ROOT))) {
                others.add(i);
            }
        }
        return exact.isEmpty() ? others : exact;
    }

    /// The names of all outputs, for messages.
    static String list(List<Output> outputs) {
        return list(outputs, IntStream.range(0, outputs.size()).boxed().toList());
    }

    /// The names of some outputs, for messages. One that shares its name is listed by its number.
    static String list(List<Output> outputs, List<Integer> positions) {
        List<String> names = new ArrayList<>();
        for (int i : positions) {
            String name = outputs.get(i).name();
            boolean unique = matching(outputs, name).size() == 1;
            names.add(unique ? name : (i + 1) + " (" + outputs.get(i) + ")");
        }
        return String.join(", ", names);
    }

    private static List<String> others(Output output) {
        List<String> names = new ArrayList<>();
        for (String prefix : output.prefixes()) {
            names.add(prefix);
            names.add(prefix + "-" + output.portName());
            if (!output.typeC().isEmpty()) {
                names.add(prefix + "-" + output.typeC());
            }
        }
        names.add(output.device().name().replace(' ', '-'));
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }
}
