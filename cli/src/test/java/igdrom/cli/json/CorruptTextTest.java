package igdrom.cli.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Texts with errors in them keep the law of [TextFuzzTest].
class CorruptTextTest {
    private static final Path SEEDS =
            Path.of("src/test/resources/igdrom/cli/json/TextFuzzTestInputs");

    private static final int ROUNDS = Integer.getInteger("igdrom.rounds", 30);
    private static final Pattern NUMBER = Pattern.compile("[0-9a-fA-F]{1,16}");
    private static final List<String> EXTREMES =
            List.of("0", "ffffffffffffffff", "7fffffffffffffff", "80000000", "99999999999", "ff");

    @TestFactory
    Stream<DynamicTest> facts_of_corrupt_texts_can_be_kept() throws IOException {
        try (Stream<Path> all = Files.walk(SEEDS)) {
            return all.filter(Files::isRegularFile).sorted().toList().stream()
                    .map(seed ->
                            DynamicTest.dynamicTest(
                                    String.valueOf(seed.getFileName()), () -> corrupt(seed)));
        }
    }

    private static void corrupt(Path seed) throws IOException {
        byte[] bytes = Files.readAllBytes(seed);
        Random random = new Random(1);
        assertThat(TextFuzzTest.kinds(bytes)).as("kinds of text in " + seed).isNotEmpty();
        for (int i = 0; i < ROUNDS; i++) {
            TextFuzzTest.check(cut(bytes, random));
            TextFuzzTest.check(changed(bytes, random));
            TextFuzzTest.check(numbers(bytes, random));
            TextFuzzTest.check(lines(bytes, random));
        }
    }

    private static byte[] cut(byte[] bytes, Random random) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    private static byte[] changed(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        for (int i = 0; i <= random.nextInt(8); i++) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    private static byte[] numbers(byte[] bytes, Random random) {
        return NUMBER.matcher(text(bytes))
                .replaceAll((MatchResult number) ->
                        random.nextInt(10) == 0
                                ? EXTREMES.get(random.nextInt(EXTREMES.size()))
                                : number.group())
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] lines(byte[] bytes, Random random) {
        List<String> lines = new ArrayList<>(List.of(text(bytes).split("\n", -1)));
        lines.add(lines.get(random.nextInt(lines.size())));
        Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
        lines.remove(random.nextInt(lines.size()));
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
