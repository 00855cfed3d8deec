package igdrom.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The number of a release, such as 6.12.117 of `6.12.117+deb13-amd64`.
///
/// @param numbers at least one; what is missing at the end counts as 0
public record Release(List<Integer> numbers) implements Comparable<Release> {
    private static final Pattern NUMBERS = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})*");

    public Release {
        numbers = List.copyOf(numbers);
    }

    /// The first number with dots in a text.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Release of(String text) {
        Matcher found = NUMBERS.matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("\"" + text + "\" has no number of a release");
        }
        List<Integer> numbers = new ArrayList<>();
        for (String number : found.group().split("\\.", -1)) {
            numbers.add(Integer.valueOf(number));
        }
        return new Release(numbers);
    }

    public boolean isBefore(Release other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Release other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int order = Integer.compare(number(i), other.number(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int number(int index) {
        return index < numbers.size() ? numbers.get(index) : 0;
    }

    @Override
    public String toString() {
        return String.join(".", numbers.stream().map(String::valueOf).toList());
    }
}
