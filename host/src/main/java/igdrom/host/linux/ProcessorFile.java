package igdrom.host.linux;

import igdrom.host.Fact;
import igdrom.host.ProcessorModel;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `/proc/cpuinfo`: the first processor.
///
/// Source: Linux, arch/x86/kernel/cpu/proc.c.
record ProcessorFile(HostRoot root, Fact<String> text) {
    private static final String FILE = "/proc/cpuinfo";
    private static final Pattern ADDRESS_SIZES = Pattern.compile("([0-9]{1,2}) bits physical.*");
    private static final List<String> FIELDS =
            List.of("cpu family", "model", "model name", "stepping", "address sizes");
    private static final String FLAGS = "flags";
    private static final String HYPERVISOR = "hypervisor";

    /// Larger than the file of 1024 processors.
    private static final int MAX_SIZE = 4 << 20;

    ProcessorFile(HostRoot root) {
        this(root, root.text(FILE, MAX_SIZE, ProcessorFile::relevant));
    }

    /// The fields that are read, of the first processor, and of its flags only one.
    static String relevant(String text) {
        StringBuilder kept = new StringBuilder();
        for (String line : text.split("\n\n", 2)[0].split("\n", -1)) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            if (FIELDS.contains(name)) {
                kept.append(line).append('\n');
            } else if (name.equals(FLAGS)) {
                boolean hypervisor =
                        List.of(line.substring(colon + 1).strip().split(" ", -1))
                                .contains(HYPERVISOR);
                kept.append("flags\t\t: ").append(hypervisor ? HYPERVISOR : "fpu").append('\n');
            }
        }
        return kept.toString();
    }

    Fact<String> name() {
        return field("model name");
    }

    Fact<ProcessorModel> model() {
        Fact<Integer> family = Numbers.decimal(field("cpu family"));
        Fact<Integer> model = Numbers.decimal(field("model"));
        Fact<Integer> stepping = Numbers.decimal(field("stepping"));
        if (family.value().isEmpty() || model.value().isEmpty()) {
            return (family.value().isEmpty() ? family : model)
                    .map(number -> new ProcessorModel(number, 0, 0));
        }
        return stepping.map(number ->
                new ProcessorModel(
                        family.value().orElseThrow(), model.value().orElseThrow(), number));
    }

    /// `39 bits physical, 48 bits virtual`.
    Fact<Integer> addressWidth() {
        Fact<String> sizes = field("address sizes");
        if (!(sizes instanceof Fact.Known<String>(String known, String source))) {
            return sizes.map(String::length);
        }
        Matcher matcher = ADDRESS_SIZES.matcher(known);
        return matcher.matches()
                ? new Fact.Known<>(Integer.parseInt(matcher.group(1)), source)
                : new Fact.Unknown<>(source, "has other address sizes: " + Numbers.excerpt(known));
    }

    Fact<Boolean> hypervisor() {
        return field(FLAGS).map(flags -> flags.equals(HYPERVISOR));
    }

    private Fact<String> field(String name) {
        return switch (text) {
            case Fact.Unknown<String> unknown -> unknown;
            case Fact.Known<String>(String known, String source) -> {
                Optional<String> value = parseField(known, name);
                yield value.isPresent()
                        ? new Fact.Known<>(value.get(), source)
                        : new Fact.Unknown<>(source, "has no line \"" + name + "\"");
            }
        };
    }

    private static Optional<String> parseField(String text, String name) {
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon >= 0 && line.substring(0, colon).strip().equals(name)) {
                return Optional.of(line.substring(colon + 1).strip());
            }
        }
        return Optional.empty();
    }
}
