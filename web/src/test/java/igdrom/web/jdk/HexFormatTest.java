package igdrom.web.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.web.jdk.java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Each result is compared with that of the JDK.
class HexFormatTest {
    private static final long SEED = 18;

    private final java.util.HexFormat jdk = java.util.HexFormat.of();
    private final HexFormat ours = HexFormat.of();
    private final Random random = new Random(SEED);

    @Test
    void bytes_are_formatted_and_parsed_as_by_the_jdk() {
        for (int size = 0; size < 40; size++) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            String text = jdk.formatHex(bytes);
            assertThat(ours.formatHex(bytes)).isEqualTo(text);
            assertThat(ours.parseHex(text)).isEqualTo(bytes);
            assertThat(ours.withUpperCase().formatHex(bytes))
                    .isEqualTo(jdk.withUpperCase().formatHex(bytes));
            assertThat(HexFormat.ofDelimiter(" ").formatHex(bytes))
                    .isEqualTo(java.util.HexFormat.ofDelimiter(" ").formatHex(bytes));
            assertThat(
                            HexFormat.ofDelimiter(", ")
                                    .parseHex(
                                            java.util.HexFormat.ofDelimiter(", ").formatHex(bytes)))
                    .isEqualTo(bytes);
            assertThat(ours.formatHex(bytes, size / 3, size))
                    .isEqualTo(jdk.formatHex(bytes, size / 3, size));
        }
    }

    @Test
    void numbers_are_formatted_as_by_the_jdk() {
        for (int i = 0; i < 1000; i++) {
            long value = random.nextLong();
            assertThat(ours.toHexDigits(value)).isEqualTo(jdk.toHexDigits(value));
            assertThat(ours.toHexDigits((int) value)).isEqualTo(jdk.toHexDigits((int) value));
            assertThat(ours.toHexDigits((short) value)).isEqualTo(jdk.toHexDigits((short) value));
            assertThat(ours.toHexDigits((byte) value)).isEqualTo(jdk.toHexDigits((byte) value));
            int digits = i % 17;
            assertThat(ours.toHexDigits(value, digits)).isEqualTo(jdk.toHexDigits(value, digits));
            assertThat(ours.withUpperCase().toHexDigits(value, digits))
                    .isEqualTo(jdk.withUpperCase().toHexDigits(value, digits));
        }
    }

    @Test
    void numbers_are_parsed_as_by_the_jdk() {
        for (int i = 0; i < 1000; i++) {
            long value = random.nextLong() >>> i % 64;
            String text = Long.toHexString(value);
            assertThat(HexFormat.fromHexDigitsToLong(text)).isEqualTo(value);
            String upper = "x" + text.toUpperCase(java.util.Locale.ROOT) + "y";
            assertThat(HexFormat.fromHexDigitsToLong(upper, 1, upper.length() - 1))
                    .isEqualTo(value);
            String four = Integer.toHexString((int) value);
            assertThat(HexFormat.fromHexDigits(four)).isEqualTo((int) value);
        }
        for (int c = 0; c < 0x200; c++) {
            assertThat(HexFormat.isHexDigit(c)).isEqualTo(java.util.HexFormat.isHexDigit(c));
        }
    }

    @Test
    void what_the_jdk_refuses_is_refused_with_the_same_type() {
        for (String text : List.of("0", "0g", "00 00", "-1", "\u0661\u0661", "00000000000000000")) {
            assertSame(() -> ours.parseHex(text), () -> jdk.parseHex(text));
            assertSame(
                    () -> HexFormat.fromHexDigits(text),
                    () -> java.util.HexFormat.fromHexDigits(text));
            assertSame(
                    () -> HexFormat.fromHexDigitsToLong(text),
                    () -> java.util.HexFormat.fromHexDigitsToLong(text));
        }
        assertSame(() -> ours.toHexDigits(1, 17), () -> jdk.toHexDigits(1, 17));
        assertSame(
                () -> HexFormat.ofDelimiter(" ").parseHex("00-00"),
                () -> java.util.HexFormat.ofDelimiter(" ").parseHex("00-00"));
        assertSame(() -> ours.formatHex(new byte[2], 1, 3), () -> jdk.formatHex(new byte[2], 1, 3));
    }

    private static void assertSame(Runnable ours, Runnable jdk) {
        RuntimeException expected = null;
        try {
            jdk.run();
        } catch (RuntimeException e) {
            expected = e;
        }
        if (expected == null) {
            ours.run();
        } else {
            assertThatThrownBy(ours::run).isExactlyInstanceOf(expected.getClass());
        }
    }
}
