package igdrom.report;

import java.util.ArrayList;
import java.util.List;

/// The difference between two texts, line by line: each line with `-`, `+` or a space before it.
final class LineDiff {
    /// Unchanged lines around a change.
    private static final int CONTEXT = 2;

    /// Above this number of comparisons the middle is shown as replaced.
    private static final long MAX_CELLS = 4_000_000;

    private LineDiff() {}

    static List<String> of(String before, String after) {
        List<String> old = lines(before);
        List<String> now = lines(after);
        int start = 0;
        while (start < old.size() && start < now.size() && old.get(start).equals(now.get(start))) {
            start++;
        }
        int end = 0;
        while (end < old.size() - start
                && end < now.size() - start
                && old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
            end++;
        }
        List<String> all = new ArrayList<>();
        old.subList(0, start).forEach(line -> all.add(" " + line));
        middle(old.subList(start, old.size() - end), now.subList(start, now.size() - end), all);
        old.subList(old.size() - end, old.size()).forEach(line -> all.add(" " + line));
        return shortened(all);
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    /// By the longest common subsequence.
    private static void middle(List<String> old, List<String> now, List<String> all) {
        if ((long) old.size() * now.size() > MAX_CELLS) {
            old.forEach(line -> all.add("-" + line));
            now.forEach(line -> all.add("+" + line));
            return;
        }
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] =
                        old.get(i).equals(now.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            boolean same = i < old.size() && j < now.size() && old.get(i).equals(now.get(j));
            if (same) {
                all.add(" " + old.get(i));
                i++;
                j++;
            } else if (i < old.size()
                    && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
                all.add("-" + old.get(i++));
            } else {
                all.add("+" + now.get(j++));
            }
        }
    }

    /// Without the unchanged lines that are far from a change.
    private static List<String> shortened(List<String> all) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            boolean near = false;
            for (int j = Math.max(0, i - CONTEXT);
                    j <= Math.min(all.size() - 1, i + CONTEXT);
                    j++) {
                near |= all.get(j).charAt(0) != ' ';
            }
            if (near) {
                shown.add(all.get(i));
            } else if (!shown.isEmpty() && !shown.getLast().equals("...")) {
                shown.add("...");
            }
        }
        if (!shown.isEmpty() && shown.getLast().equals("...")) {
            shown.removeLast();
        }
        return shown;
    }
}
