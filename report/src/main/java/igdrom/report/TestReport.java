package igdrom.report;

import igdrom.formats.pci.PciId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a guest did with a ROM.
///
/// @param machine QEMU's name of the machine type
/// @param registers null when the guest did not get far enough to read them
/// @param screenshot the file that the picture was written to, null for none
public record TestReport(
        String file,
        PciId device,
        String machine,
        List<Check> checks,
        List<String> notProved,
        @Nullable Registers registers,
        @Nullable String screenshot)
        implements Report {
    /// A condition that had to hold.
    ///
    /// @param id the same in all versions, for programs
    /// @param evidence what was seen
    public record Check(String id, boolean ok, String evidence) {}

    /// Registers of the virtual IGD at the end.
    public record Registers(long asls, long bdsm) {}

    public TestReport {
        checks = List.copyOf(checks);
        notProved = List.copyOf(notProved);
    }

    public boolean passed() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::ok);
    }

    @Override
    public Answer answer() {
        return passed() ? Answer.YES : Answer.NO;
    }
}
