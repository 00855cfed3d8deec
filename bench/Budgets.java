import java.util.Arrays;
import java.util.Locale;

/// The budgets of one benchmark program: prints each figure next to its limit.
final class Budgets {
    private boolean kept = true;

    /// Prints a figure and whether it is within its budget. A figure that is NaN was not measured.
    void check(String name, double figure, double max, String unit) {
        boolean good = Double.isNaN(figure) || figure <= max;
        kept &= good;
        System.out.printf(
                Locale.ROOT,
                "  %s: %.2f %s, budget %.2f: %s%n",
                name,
                figure,
                unit,
                max,
                good ? "kept" : "EXCEEDED");
    }

    /// The exit code of the program: 0 when all budgets were kept.
    int exitCode() {
        return kept ? 0 : 1;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
