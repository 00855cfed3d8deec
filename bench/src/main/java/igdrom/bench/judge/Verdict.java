package igdrom.bench.judge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The verdict on one run.
///
/// @param notProved what this run does not show
/// @param interruption why the run could not be finished on this machine, null when it was
public record Verdict(
        List<Check> checks, List<String> notProved, @Nullable Interruption interruption) {
    public Verdict {
        checks = List.copyOf(checks);
        notProved = List.copyOf(notProved);
    }

    /// The verdict on a run that was finished.
    public Verdict(List<Check> checks, List<String> notProved) {
        this(checks, notProved, null);
    }

    /// One condition.
    ///
    /// @param id for programs: never changed
    /// @param evidence what was observed
    public record Check(String id, boolean ok, String evidence) {}

    /// Why a run says nothing about the ROM.
    ///
    /// @param busy whether the machine was too busy, else the time limit ran out
    public record Interruption(boolean busy, String text) {}

    /// The verdict in a word.
    public enum Kind {
        /// All checks passed.
        PASS,
        /// There is a picture, read from stolen memory, but other checks failed.
        DRAWS,
        /// The ROM does not do what a guest needs.
        FAIL,
        /// The run was interrupted.
        UNDECIDED
    }

    public boolean passed() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::ok);
    }

    public Kind kind() {
        if (passed()) {
            return Kind.PASS;
        }
        if (interruption != null) {
            return Kind.UNDECIDED;
        }
        boolean drawn = false;
        for (Check check : checks) {
            drawn |= check.id().equals(PictureJudge.PICTURE) && check.ok();
            if (check.id().equals(PictureJudge.STOLEN) && !check.ok()) {
                return Kind.FAIL;
            }
        }
        return drawn ? Kind.DRAWS : Kind.FAIL;
    }

    /// The check with this id if it failed, else null.
    public @Nullable Check failed(String id) {
        for (Check check : checks) {
            if (!check.ok() && check.id().equals(id)) {
                return check;
            }
        }
        return null;
    }

    /// This verdict on a run that another run belongs to.
    public Verdict with(Verdict other) {
        List<Check> allChecks = new ArrayList<>(checks);
        allChecks.addAll(other.checks);
        List<String> allNotProved = new ArrayList<>(notProved);
        allNotProved.addAll(other.notProved);
        return new Verdict(
                allChecks, allNotProved, interruption == null ? other.interruption : interruption);
    }

    /// This verdict on a run that could not be finished.
    public Verdict interrupted(@Nullable Interruption why) {
        return new Verdict(checks, notProved, why);
    }
}
