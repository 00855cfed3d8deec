package igdrom.plan.vm;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The version of a program: up to three numbers, of which missing ones are 0.
public record ProgramVersion(int major, int minor, int micro)
        implements Comparable<ProgramVersion> {
    /// What follows the numbers is the packager's: `10.0.13+ds-0+deb13u1`.
    private static final Pattern NUMBERS =
            Pattern.compile("(\\d{1,4})(?:\\.(\\d{1,4}))?(?:\\.(\\d{1,4}))?(?!\\d).*");

    private static final Comparator<ProgramVersion> ORDER =
            Comparator.comparingInt(ProgramVersion::major)
                    .thenComparingInt(ProgramVersion::minor)
                    .thenComparingInt(ProgramVersion::micro);

    /// The version that a text starts with, empty when it starts with none.
    public static Optional<ProgramVersion> in(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new ProgramVersion(
                                number(matcher, 1), number(matcher, 2), number(matcher, 3)))
                : Optional.empty();
    }

    /// The version that a text is.
    ///
    /// @throws IllegalArgumentException when it starts with no number
    public static ProgramVersion of(String text) {
        return in(text).orElseThrow(() ->
                new IllegalArgumentException("\"" + text + "\" is not a version such as 10.0.2"));
    }

    private static int number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    public boolean isAtLeast(ProgramVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(ProgramVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return micro == 0 ? major + "." + minor : major + "." + minor + "." + micro;
    }
}
