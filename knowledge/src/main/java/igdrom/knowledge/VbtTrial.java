package igdrom.knowledge;

/// What a GOP did on the virtual IGD with a VBT that has no usable outputs: a row of
/// `vbt-trials.tsv`.
///
/// @param gop version of the GOP, such as `21.0.1066`
/// @param defect what the VBT lacks: an id of `VbtDefect.Kind`
/// @param source how it was seen
public record VbtTrial(String gop, String defect, Outcome outcome, String source, String checked) {
    /// What the GOP did.
    public enum Outcome {
        /// It loops, and the guest never boots.
        HANGS("hangs"),
        /// It stops without a picture, and the guest boots.
        GIVES_UP("gives-up"),
        /// It ignores the defect and draws.
        DRAWS("draws");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }
    }

    static VbtTrial of(TsvTable.Row row) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.word.equals(row.text(2))) {
                return new VbtTrial(row.text(0), row.text(1), outcome, row.text(3), row.text(4));
            }
        }
        throw row.broken("\"" + row.text(2) + "\" is not an outcome");
    }
}
