package igdrom.hypervisor;

import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.VmDefinition;
import igdrom.plan.vm.VmProblem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A definition that was read, and where.
///
/// @param name of the file
/// @param guestName that the definition gives the guest, empty when it gives none
/// @param problems that the hypervisor has with the text itself
/// @param lines by the subjects of [igdrom.plan.vm.VmProblem]: where each is said, from 1
public record ReadVm(
        String name,
        VmDefinition vm,
        String guestName,
        List<VmProblem> problems,
        Map<String, Integer> lines) {
    public ReadVm {
        problems = List.copyOf(problems);
        lines = Map.copyOf(new TreeMap<>(lines));
    }

    /// The line that says something about a subject, 0 when none does.
    public int line(String subject) {
        return lines.getOrDefault(subject, 0);
    }

    /// Whose file it is.
    public Hypervisor hypervisor() {
        return vm.hypervisor();
    }
}
