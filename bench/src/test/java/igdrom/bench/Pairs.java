package igdrom.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Generates rows of choices in which every pair of choices of two columns occurs. The result
/// depends on the arguments only.
final class Pairs {
    private final int[] choices;
    private final Set<List<Integer>> open = new HashSet<>();

    private Pairs(int... choices) {
        this.choices = choices;
        for (int column = 0; column < choices.length; column++) {
            for (int other = column + 1; other < choices.length; other++) {
                for (int a = 0; a < choices[column]; a++) {
                    for (int b = 0; b < choices[other]; b++) {
                        open.add(List.of(column, a, other, b));
                    }
                }
            }
        }
    }

    /// @param choices the number of choices in each column; the first column should have the most
    static List<int[]> rows(int... choices) {
        Pairs pairs = new Pairs(choices);
        List<int[]> rows = new ArrayList<>();
        while (!pairs.open.isEmpty()) {
            rows.add(pairs.next(rows.size()));
        }
        return rows;
    }

    /// Chooses a row column by column, for the most pairs that do not occur yet.
    private int[] next(int number) {
        int[] row = new int[choices.length];
        row[0] = firstWithOpenPairs(number);
        for (int column = 1; column < choices.length; column++) {
            int best = -1;
            for (int i = 0; i < choices[column]; i++) {
                int choice = (i + number) % choices[column];
                int score = newPairs(row, column, choice) * 1000 + openPairs(column, choice);
                if (score > best) {
                    best = score;
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
        int max = -1;
        for (int i = 0; i < choices[0]; i++) {
            int choice = (i + number) % choices[0];
            int left = openPairs(0, choice);
            if (left > max) {
                max = left;
                best = choice;
            }
        }
        return best;
    }

    private int newPairs(int[] row, int column, int choice) {
        int count = 0;
        for (int before = 0; before < column; before++) {
            if (open.contains(List.of(before, row[before], column, choice))) {
                count++;
            }
        }
        return count;
    }

    /// The number of open pairs that a choice is part of.
    private int openPairs(int column, int choice) {
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
