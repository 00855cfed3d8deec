package igdrom.cli.options;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.IoReason;
import igdrom.formats.pci.PciId;
import igdrom.plan.vm.ProgramVersion;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The type of an option's value: how text becomes a value.
///
/// @param <T> what it becomes
public final class ValueType<T> {
    private static final long MIB = 1L << 20;

    /// An option without a value.
    static final ValueType<Boolean> FLAG = new ValueType<>(Boolean::valueOf);

    static final ValueType<String> TEXT = new ValueType<>(text -> text);

    /// A file that the command reads, which it therefore never replaces.
    static final ValueType<Path> INPUT_FILE = new ValueType<>(ValueType::path, Names.INPUT);

    /// A file or a directory that the command writes, or a directory that it reads.
    static final ValueType<Path> PATH = new ValueType<>(ValueType::path, Names.PATH);

    static final ValueType<PciId> PCI_ID = new ValueType<>(DeviceId::idOf);
    static final ValueType<DeviceId> DEVICE_ID = new ValueType<>(DeviceId::of);

    static final ValueType<ProgramVersion> PROGRAM_VERSION = new ValueType<>(ProgramVersion::of);

    /// An address or a size of stolen memory, which the hardware holds in units of 1 MiB and 32
    /// bits: `0x8d800000` or `64M`.
    static final ValueType<Long> MEBIBYTES = new ValueType<>(ValueType::mebibytes);

    static final ValueType<Boolean> ON_OFF = choice(Map.of("on", true, "off", false), "on or off");

    /// Words with commas between them. The option may be repeated: [Arguments#words].
    static final ValueType<List<String>> WORDS =
            new ValueType<>(ValueType::words, Names.NOTHING, Count.SEVERAL_REPEATABLE, List.of());

    private final Reader<T> reader;
    private final Names names;
    private final Count count;
    private final List<String> words;

    private ValueType(Reader<T> reader) {
        this(reader, Names.NOTHING);
    }

    private ValueType(Reader<T> reader, Names names) {
        this(reader, names, Count.ONE, List.of());
    }

    private ValueType(Reader<T> reader, Names names, Count count, List<String> words) {
        this.reader = reader;
        this.names = names;
        this.count = count;
        this.words = List.copyOf(words);
    }

    /// What a value is the name of.
    private enum Names {
        NOTHING,
        /// A file that the command reads.
        INPUT,
        /// A file or a directory.
        PATH
    }

    /// How many words a value has.
    private enum Count {
        ONE,
        /// With commas between them.
        SEVERAL,
        /// With commas between them, and the option may be given several times.
        SEVERAL_REPEATABLE
    }

    /// Turns text into a value.
    private interface Reader<T> {
        /// @throws IllegalArgumentException with a message for the user when the text is invalid
        T read(String text);
    }

    /// One of several words.
    ///
    /// @param known the words as the message lists them, such as `q35 or pc`
    static <T> ValueType<T> choice(Map<String, T> values, String known) {
        return ofWords(values, Count.ONE, text -> chosen(values, known, text));
    }

    /// One of several types of machine, also as QEMU and libvirt spell them with a version:
    /// `pc-q35-9.2` is `q35`, `pc-i440fx-8.1` is `pc`.
    static <T> ValueType<T> machine(Map<String, T> values, String known) {
        return ofWords(values, Count.ONE, text -> chosen(values, known, machineType(text), text));
    }

    private static String machineType(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        name = name.startsWith("pc-") ? name.substring("pc-".length()) : name;
        int version = name.indexOf('-');
        name = version < 0 ? name : name.substring(0, version);
        return name.equals("i440fx") ? "pc" : name;
    }

    /// Several words with commas between them.
    static <T> ValueType<Set<T>> choices(Map<String, T> values, String known) {
        return ofWords(
                values,
                Count.SEVERAL,
                text -> {
                    Set<T> chosen = new HashSet<>();
                    for (String word : text.split(",", -1)) {
                        chosen.add(chosen(values, known, word));
                    }
                    return chosen;
                });
    }

    private static <T> ValueType<T> ofWords(Map<String, ?> values, Count count, Reader<T> reader) {
        List<String> words = values.keySet().stream().sorted().toList();
        return new ValueType<>(reader, Names.NOTHING, count, words);
    }

    /// A decimal number in a range.
    static ValueType<Integer> number(int min, int max) {
        return new ValueType<>(text -> number(text, min, max));
    }

    /// The address of a web server's directory.
    static ValueType<String> url(String example) {
        return new ValueType<>(text -> {
            if (!text.startsWith("http://") && !text.startsWith("https://")) {
                throw invalid(text, "a URL such as " + example);
            }
            return text;
        });
    }

    /// The value that `text` stands for.
    ///
    /// @throws IllegalArgumentException with a message for the user when it is invalid
    /// @throws Failure when no path can be made of it
    T read(String text) {
        // Usually a variable in a script that was not set.
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the value is empty");
        }
        return reader.read(text);
    }

    /// Whether the value names a file that the command reads.
    public boolean isInput() {
        return names == Names.INPUT;
    }

    /// Whether the value names a file or a directory.
    public boolean isPath() {
        return names != Names.NOTHING;
    }

    /// The words that the value is one of, in alphabetical order; empty when it may be any text.
    public List<String> words() {
        return words;
    }

    /// Whether the value is a list of words with commas between them.
    public boolean isList() {
        return count != Count.ONE;
    }

    /// Whether the option may be given several times.
    public boolean isRepeatable() {
        return count == Count.SEVERAL_REPEATABLE;
    }

    private static List<String> words(String text) {
        List<String> words = List.of(text.split(",", -1));
        if (words.stream().anyMatch(String::isBlank)) {
            throw invalid(text, "a list of words with commas between them");
        }
        return words;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new Failure(ExitCode.MACHINE, text + ": " + IoReason.UNENCODABLE_NAME, e);
        }
    }

    private static <T> T chosen(Map<String, T> values, String known, String text) {
        return chosen(values, known, text, text);
    }

    private static <T> T chosen(Map<String, T> values, String known, String word, String text) {
        T value = values.get(word);
        if (value == null) {
            throw invalid(text, known);
        }
        return value;
    }

    private static int number(String text, int min, int max) {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // The same message as for a number out of range.
        }
        throw invalid(text, "a number from " + min + " to " + max);
    }

    private static long mebibytes(String text) {
        long value = -1;
        try {
            if (text.startsWith("0x")) {
                value = HexFormat.fromHexDigitsToLong(text, 2, text.length());
            } else if (text.endsWith("M")) {
                value = Math.multiplyExact(Long.parseLong(text, 0, text.length() - 1, 10), MIB);
            } else {
                value = Long.parseLong(text);
            }
        } catch (IllegalArgumentException | ArithmeticException _) {
            // The same message as for a number that is not a multiple.
        }
        if (isMebibytes(value)) {
            return value;
        }
        if (isMebibytes(hexadecimal(text))) {
            throw new IllegalArgumentException(
                    "'" + text + "' is hexadecimal without 0x: write 0x" + text);
        }
        throw invalid(text, "a multiple of 1 MiB below 4 GiB, such as 0x8d800000 or 64M");
    }

    private static boolean isMebibytes(long value) {
        return value > 0 && value % MIB == 0 && value < 1L << 32;
    }

    private static long hexadecimal(String text) {
        try {
            return HexFormat.fromHexDigitsToLong(text);
        } catch (IllegalArgumentException _) {
            return -1;
        }
    }

    private static IllegalArgumentException invalid(String text, String expected) {
        return new IllegalArgumentException("'" + text + "' is not " + expected);
    }

    /// The words of a list in the order in which they were declared: `q35, pc or bhyve`.
    static String list(Iterable<String> words) {
        List<String> all = new ArrayList<>();
        words.forEach(all::add);
        String last = all.removeLast();
        return all.isEmpty() ? last : String.join(", ", all) + " or " + last;
    }
}
