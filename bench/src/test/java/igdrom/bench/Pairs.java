package igdrom.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Rows of choices in which every two choices of two columns meet at least once. The same columns
/// give the same rows.
final class Pairs {
    private final int[] choices;
    private final Set<List<Integer>> open = new HashSet<>();

    private Pairs(int... choices) {
        this.choices = choices;
        for (int one = 0; one < choices.length; one++) {
            for (int other = one + 1; other < choices.length; other++) {
                for (int a = 0; a < choices[one]; a++) {
                    for (int b = 0; b < choices[other]; b++) {
                        open.add(List.of(one, a, other, b));
                    }
                }
            }
        }
    }

    /// @param choices how many there are in each column, more in the first than in later ones
    static List<int[]> rows(int... choices) {
        Pairs pairs = new Pairs(choices);
        List<int[]> rows = new ArrayList<>();
        while (!pairs.open.isEmpty()) {
            rows.add(pairs.next(rows.size()));
        }
        return rows;
    }

    /// The row that is chosen column by column for the most pairs that are still open.
    private int[] next(int number) {
        int[] row = new int[choices.length];
        row[0] = firstWithOpenPairs(number);
        for (int column = 1; column < choices.length; column++) {
            int best = -1;
            for (int i = 0; i < choices[column]; i++) {
                int choice = (i + number) % choices[column];
                int met = met(row, column, choice) * 1000 + left(column, choice);
                if (met > best) {
                    best = met;
                    row[column] = choice;
                }
            }
        }
        for (int column = 1; column < choices.length; column++) {
            for (int before = 0; before < column; before++) {
                open.remove(List.of(before, row[before], column, row[column]));
            }
        }
        return row;
    }

    private int firstWithOpenPairs(int number) {
        int best = number % choices[0];
        int most = -1;
        for (int i = 0; i < choices[0]; i++) {
            int choice = (i + number) % choices[0];
            int left = left(0, choice);
            if (left > most) {
                most = left;
                best = choice;
            }
        }
        return best;
    }

    private int met(int[] row, int column, int choice) {
        int met = 0;
        for (int before = 0; before < column; before++) {
            if (open.contains(List.of(before, row[before], column, choice))) {
                met++;
            }
        }
        return met;
    }

    /// How many open pairs a choice is part of.
    private int left(int column, int choice) {
        int left = 0;
        for (List<Integer> pair : open) {
            if ((pair.get(0) == column && pair.get(1) == choice)
                    || (pair.get(2) == column && pair.get(3) == choice)) {
                left++;
            }
        }
        return left;
    }
}
