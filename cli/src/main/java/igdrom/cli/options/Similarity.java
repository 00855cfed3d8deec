package igdrom.cli.options;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the word that a user may have meant.
final class Similarity {
    /// One mistake for so many letters, as in `devcie`.
    private static final int LETTERS_PER_MISTAKE = 4;

    private Similarity() {}

    /// The word that is most like the typed one, null when none is. The last word of a candidate
    /// counts as well as the whole, and hyphens before it do not count.
    static @Nullable String mostSimilar(String typed, List<String> candidates) {
        String word = bare(typed);
        int limit = Math.max(1, word.length() / LETTERS_PER_MISTAKE);
        String best = null;
        int least = limit + 1;
        for (String candidate : candidates) {
            String whole = bare(candidate);
            String last = whole.substring(whole.lastIndexOf(' ') + 1);
            int mistakes = Math.min(mistakes(word, whole), mistakes(word, last));
            // One letter is like every other one.
            if (mistakes < least && mistakes < last.length()) {
                least = mistakes;
                best = candidate;
            }
        }
        return best;
    }

    private static String bare(String text) {
        return text.toLowerCase(Locale.ROOT).replaceFirst("^-+", "");
    }

    /// How many letters must be inserted, removed, replaced or swapped with their neighbours: the
    /// optimal string alignment distance.
    private static int mistakes(String from, String to) {
        int[][] distance = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                distance[i][j] = i == 0 ? j : j == 0 ? i : nearest(distance, from, to, i, j);
            }
        }
        return distance[from.length()][to.length()];
    }

    private static int nearest(int[][] distance, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int least = distance[i - 1][j - 1] + (same ? 0 : 1);
        least = Math.min(least, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
        boolean swapped =
                i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
    }
}
