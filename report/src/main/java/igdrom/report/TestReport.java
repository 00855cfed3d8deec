package igdrom.report;

import igdrom.formats.pci.PciId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a guest did with a ROM.
///
/// @param machine QEMU's name of the machine type, with the reason for it
/// @param verdict on the whole
/// @param assumed what the test made up because neither the ROM nor the request says it
/// @param cause why the verdict is not [Verdict#PASS], null when it is
/// @param registers null when the guest did not get far enough to read them
/// @param screenshot the file that the picture was written to, null for none
public record TestReport(
        String file,
        PciId device,
        Machine machine,
        Verdict verdict,
        List<String> assumed,
        List<Check> checks,
        List<String> notProved,
        @Nullable TestCause cause,
        @Nullable Registers registers,
        @Nullable String screenshot)
        implements PageReport {
    /// The verdict on a ROM.
    public enum Verdict {
        /// All checks passed.
        PASS,
        /// There is a picture as there should be, but other checks failed.
        DRAWS,
        /// The ROM does not do what a guest needs.
        FAIL,
        /// The test could not be finished; it says nothing about the ROM.
        UNDECIDED
    }

    /// The virtual machine.
    ///
    /// @param type QEMU's name of its type
    /// @param lpcBridge the id of the LPC bridge that was put there, null for the machine's own
    /// @param asBuilt whether the ROM itself says that it was built for this machine
    /// @param real whether its GPU is that of the host itself, not a virtual one
    public record Machine(String type, @Nullable PciId lpcBridge, boolean asBuilt, boolean real) {}

    /// A condition that had to hold.
    ///
    /// @param id the same in all versions, for programs
    /// @param evidence what was seen
    public record Check(String id, boolean ok, String evidence) {}

    /// Registers of the IGD at the end.
    public record Registers(long asls, long bdsm) {}

    private static final String PICTURE = "gop.picture";

    public TestReport {
        assumed = List.copyOf(assumed);
        checks = List.copyOf(checks);
        notProved = List.copyOf(notProved);
        if ((verdict == Verdict.PASS) != (cause == null)) {
            throw new IllegalArgumentException(verdict + " and a cause: " + cause);
        }
    }

    /// Whether the frame buffer holds a picture.
    public boolean isDrawn() {
        return checks.stream().anyMatch(check -> check.id().equals(PICTURE) && check.ok());
    }

    /// The ids of the checks that failed.
    public List<String> failed() {
        return checks.stream().filter(check -> !check.ok()).map(Check::id).toList();
    }

    @Override
    public Answer answer() {
        return switch (verdict) {
            case PASS -> Answer.YES;
            case DRAWS, FAIL -> Answer.NO;
            case UNDECIDED -> Answer.UNDECIDED;
        };
    }
}
