package igdrom.driver;

import igdrom.driver.DriverReport.Entry;
import igdrom.driver.DriverReport.PolicyMember;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills the placeholders of a sentence in `report.tsv`.
///
/// A placeholder is `{value}` or `{detail}`, in hexadecimal, or `{value:FORMAT}` with one of:
///
/// | format | for example |
/// | --- | --- |
/// | `dec` | `12` |
/// | `hex4` | `0x0304` |
/// | `mib` | `64`, from bytes |
/// | `device` | `8086:46d1, class 030000, revision 0c` |
/// | `location` | `0000:00:02.0` |
/// | `name` | `ADL-N`, from up to eight letters |
/// | `version` | `12.2`, from 1220 |
/// | `member` | `lid`, a member of PlatformGopPolicy |
final class ReportPattern {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(value|detail)(?::(\\w+))?}");

    private ReportPattern() {}

    /// @throws IllegalStateException when the pattern has an unknown format
    static String fill(String pattern, Entry entry) {
        return PLACEHOLDER
                .matcher(pattern)
                .replaceAll(placeholder -> {
                    long number =
                            placeholder.group(1).equals("value") ? entry.value() : entry.detail();
                    String format = placeholder.group(2);
                    return Matcher.quoteReplacement(
                            format == null
                                    ? String.format("0x%x", number)
                                    : format(format, number));
                });
    }

    private static String format(String format, long number) {
        return switch (format) {
            case "dec" -> Long.toUnsignedString(number);
            case "hex4" -> String.format("0x%04x", number);
            case "mib" -> Long.toString(number >>> 20);
            case "device" -> device(number);
            case "location" -> location(number);
            case "name" -> name(number);
            case "version" -> version(number);
            case "member" -> PolicyMember.label(number);
            default -> throw new IllegalStateException("report.tsv: unknown format " + format);
        };
    }

    private static String device(long number) {
        return String.format(
                "%04x:%04x, class %06x, revision %02x",
                number & 0xffff,
                number >>> 16 & 0xffff,
                number >>> 40 & 0xff_ffff,
                number >>> 32 & 0xff);
    }

    private static String location(long number) {
        return String.format(
                "%04x:%02x:%02x.%x",
                number >>> 16 & 0xffff, number >>> 8 & 0xff, number >>> 3 & 0x1f, number & 7);
    }

    /// The first letter is in the lowest byte.
    private static String name(long letters) {
        StringBuilder name = new StringBuilder();
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            int letter = (int) (letters >>> shift) & 0xff;
            if (letter == 0) {
                break;
            }
            name.append((char) letter);
        }
        return name.toString();
    }

    private static String version(long hundredfold) {
        long hundredths = hundredfold % 100;
        String rest =
                hundredths == 0 ? "" : "." + (hundredths % 10 == 0 ? hundredths / 10 : hundredths);
        return hundredfold / 100 + rest;
    }
}
