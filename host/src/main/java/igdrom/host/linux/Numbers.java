package igdrom.host.linux;

import igdrom.host.Fact;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.function.Predicate;

/// Numbers in the kernel's files.
final class Numbers {
    /// Maximum number of hexadecimal digits that fit into an int without its sign.
    private static final int MAX_HEX_DIGITS = 7;

    /// Maximum number of decimal digits that surely fit into an int.
    private static final int MAX_DECIMAL_DIGITS = 9;

    private Numbers() {}

    /// The number in a file such as `vendor`: `0x8086`.
    static Fact<Integer> hexadecimal(Fact<String> text) {
        return number(
                text,
                digits ->
                        digits.startsWith("0x")
                                && digits.length() > 2
                                && digits.length() <= 2 + MAX_HEX_DIGITS
                                && digits.chars().skip(2).allMatch(HexFormat::isHexDigit),
                digits -> HexFormat.fromHexDigits(digits, 2, digits.length()));
    }

    static Fact<Integer> decimal(Fact<String> text) {
        return number(
                text,
                digits ->
                        !digits.isEmpty()
                                && digits.length() <= MAX_DECIMAL_DIGITS
                                && digits.chars().allMatch(one -> one >= '0' && one <= '9'),
                Integer::parseInt);
    }

    /// A 64-bit number such as `d2008c22260206`.
    static Fact<Long> register(Fact<String> text) {
        return number(
                text,
                digits ->
                        !digits.isEmpty()
                                && digits.length() <= Long.SIZE / 4
                                && digits.chars().allMatch(HexFormat::isHexDigit),
                HexFormat::fromHexDigitsToLong);
    }

    private static <T> Fact<T> number(
            Fact<String> text, Predicate<String> valid, Function<String, T> parser) {
        return switch (text) {
            case Fact.Unknown<String>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<String>(String digits, String source) ->
                    valid.test(digits)
                            ? new Fact.Known<>(parser.apply(digits), source)
                            : new Fact.Unknown<>(source, "not a number: " + excerpt(digits));
        };
    }

    /// The start of a text that may be long.
    static String excerpt(String text) {
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}
