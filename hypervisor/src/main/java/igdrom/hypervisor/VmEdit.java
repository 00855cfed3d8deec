package igdrom.hypervisor;

import java.util.List;

/// A definition as it was, and as it becomes.
///
/// @param notes what the owner should know about the change, sentences without full stops
/// @param refusals why it must not be changed; the texts are then equal
public record VmEdit(String before, String after, List<String> notes, List<String> refusals) {
    public VmEdit {
        notes = List.copyOf(notes);
        refusals = List.copyOf(refusals);
    }

    static VmEdit refused(String text, List<String> refusals) {
        return new VmEdit(text, text, List.of(), refusals);
    }

    /// Whether anything changes.
    public boolean changes() {
        return !before.equals(after);
    }
}
