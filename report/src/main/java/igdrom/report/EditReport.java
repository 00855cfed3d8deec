package igdrom.report;

import igdrom.plan.PlanMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A definition that was changed or restored, or why not.
///
/// @param file the definition
/// @param diff of its lines; empty when it stays as it is
/// @param written whether it was written
/// @param files what became of the files that the guest needs, sentences without full stops
/// @param backup where the old definition is, null when nothing was written
/// @param refusals why nothing was written
/// @param messages what the user should know
public record EditReport(
        String file,
        List<String> diff,
        boolean written,
        List<String> files,
        @Nullable String backup,
        List<String> refusals,
        List<PlanMessage> messages)
        implements Report {
    /// libvirt gives them with the definition that has to be kept; the screen need not have them.
    private static final Pattern PASSWORD = Pattern.compile("(\\bpasswd=)('[^']*'|\"[^\"]*\")");

    public EditReport {
        diff = List.copyOf(diff);
        files = List.copyOf(files);
        refusals = List.copyOf(refusals);
        messages = List.copyOf(messages);
    }

    /// The report about a change, with the difference between both texts.
    public static EditReport of(
            String file,
            String before,
            String after,
            List<String> files,
            @Nullable String backup,
            List<PlanMessage> messages) {
        List<String> diff =
                before.equals(after)
                        ? List.of()
                        : LineDiff.of(before, after).stream()
                                .map(line -> PASSWORD.matcher(line).replaceAll("$1'***'"))
                                .toList();
        return new EditReport(file, diff, !diff.isEmpty(), files, backup, List.of(), messages);
    }

    /// The report about a definition that stays as it is.
    public static EditReport refused(
            String file, List<String> refusals, List<PlanMessage> messages) {
        return new EditReport(file, List.of(), false, List.of(), null, refusals, messages);
    }

    @Override
    public Answer answer() {
        return refusals.isEmpty() ? Answer.YES : Answer.NO;
    }

    @Override
    public List<String> problems(Wording wording) {
        List<String> problems = new ArrayList<>();
        for (String refusal : refusals) {
            problems.add(file + " stays as it is: " + refusal);
        }
        return problems;
    }
}
