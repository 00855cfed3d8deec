package igdrom.report;

/// How much of a report is rendered.
public enum Detail {
    /// Only what is wrong, and the verdict.
    PROBLEMS,
    SUMMARY,
    /// Every diagnostic, every node of the tree, every block of a VBT.
    ALL
}
