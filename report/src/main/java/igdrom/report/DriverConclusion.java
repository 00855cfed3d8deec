package igdrom.report;

import igdrom.driver.DriverReport.Entry;
import igdrom.driver.DriverReport.Outcome;
import igdrom.driver.DriverReport.PolicyMember;
import igdrom.driver.DriverReport.Step;
import java.util.ArrayList;
import java.util.List;

/// What the steps of the driver mean for the picture in the guest.
public enum DriverConclusion {
    NO_DEVICE(false, "the driver found no GPU to set up", DriverRemedy.CHECK_VM),
    UNKNOWN_DEVICE(
            false,
            "the driver does not know this device, and changed nothing",
            DriverRemedy.TREAT_AS_KNOWN_DEVICE),
    VIRTUAL_FUNCTION(
            true,
            "this is a virtual function, which has no display of its own",
            DriverRemedy.GUEST_DRIVER),
    STOPPED(false, "the driver was stopped, and set up nothing", DriverRemedy.TEST_ROM),
    HOST_REGISTERS(
            false,
            "no picture before the guest's own driver: the hypervisor does not emulate the"
                    + " registers of the GPU",
            DriverRemedy.CHECK_HOST),
    NO_MEMORY(false, "the guest had no memory for the OpRegion", DriverRemedy.MORE_MEMORY),
    NO_STOLEN_MEMORY(
            false,
            "no picture before the guest's own driver: the guest has no stolen memory",
            DriverRemedy.STOLEN_SIZE),
    NO_OPREGION(
            false,
            "no picture: the guest has no OpRegion, so its drivers find no output",
            DriverRemedy.OFFER_OPREGION),
    REGISTER_DIFFERS(
            false, "a register does not hold what the driver wrote", DriverRemedy.CHECK_HOST),
    NO_VBT(
            false,
            "no picture before the guest's own driver: there is no VBT, so a GOP finds no output",
            DriverRemedy.OWN_VBT),
    STEP_FAILED(false, "the steps that are marked did not succeed", DriverRemedy.REPORT_PROBLEM),
    GOP_ASKED(
            true,
            "the driver set up what a guest needs, and a GOP asked it for the VBT. If there is no"
                    + " picture all the same, the GOP gave up",
            DriverRemedy.TEST_ROM),
    NO_GOP(
            true,
            "the driver set up what a guest needs, but no GOP asked it for the VBT: the ROM has"
                    + " none, or it was not started",
            DriverRemedy.VERIFY_ROM);

    private final boolean good;
    private final String what;
    private final DriverRemedy next;

    DriverConclusion(boolean good, String what, DriverRemedy next) {
        this.good = good;
        this.what = what;
        this.next = next;
    }

    /// Whether the driver did all that it had to.
    public boolean isGood() {
        return good;
    }

    /// As a sentence without a full stop.
    public String what() {
        return what;
    }

    public DriverRemedy next() {
        return next;
    }

    /// What the entries of a report mean, those for the last device that the driver set up.
    static DriverConclusion of(List<Entry> entries) {
        List<Entry> device = ofDevice(entries);
        if (device.isEmpty()) {
            return entries.stream().anyMatch(Entry::isProblem) ? STEP_FAILED : NO_DEVICE;
        }
        if (has(device, Step.DEVICE, Outcome.UNKNOWN)
                || has(device, Step.GENERATION, Outcome.UNKNOWN)) {
            return UNKNOWN_DEVICE;
        }
        if (device.stream().anyMatch(entry -> entry.is(Outcome.VIRTUAL_FUNCTION))) {
            return VIRTUAL_FUNCTION;
        }
        if (has(device, Step.UNDO, Outcome.DONE)) {
            return STOPPED;
        }
        if (device.stream().anyMatch(entry -> entry.is(Outcome.NOT_EMULATED))) {
            return HOST_REGISTERS;
        }
        return missing(device);
    }

    private static DriverConclusion missing(List<Entry> device) {
        if (has(device, Step.OPREGION, Outcome.FAILED)) {
            return NO_MEMORY;
        }
        if (lacks(
                        device,
                        Step.STOLEN,
                        Outcome.NOT_NEEDED,
                        Outcome.KEPT,
                        Outcome.ALLOCATED_THERE,
                        Outcome.SET_ASIDE,
                        Outcome.PLACED)
                || has(device, Step.STOLEN_SIZE, Outcome.NONE)) {
            return NO_STOLEN_MEMORY;
        }
        if (lacks(
                device,
                Step.OPREGION,
                Outcome.KEPT,
                Outcome.ALLOCATED_THERE,
                Outcome.FROM_FW_CFG,
                Outcome.FROM_ROM)) {
            return NO_OPREGION;
        }
        if (device.stream().anyMatch(entry -> entry.is(Outcome.DIFFERS))) {
            return REGISTER_DIFFERS;
        }
        if (lacks(device, Step.VBT, Outcome.FOUND, Outcome.FROM_ROM)) {
            return NO_VBT;
        }
        if (device.stream().anyMatch(Entry::isProblem)) {
            return STEP_FAILED;
        }
        boolean asked =
                device.stream()
                        .anyMatch(entry ->
                                entry.is(Step.POLICY_ASKED)
                                        && entry.detail() == PolicyMember.VBT.number());
        return asked ? GOP_ASKED : NO_GOP;
    }

    /// The entries for the last device that nothing else had set up before.
    private static List<Entry> ofDevice(List<Entry> entries) {
        List<Entry> last = new ArrayList<>();
        boolean ours = false;
        for (Entry entry : entries) {
            if (entry.is(Step.DEVICE)) {
                ours = last.isEmpty() || !entry.is(Outcome.IGNORED);
                if (ours) {
                    last.clear();
                }
            }
            if (ours) {
                last.add(entry);
            }
        }
        return last;
    }

    private static boolean has(List<Entry> entries, Step step, Outcome outcome) {
        return entries.stream().anyMatch(entry -> entry.is(step) && entry.is(outcome));
    }

    /// Whether a step is there, but none of the outcomes with which it succeeds.
    private static boolean lacks(List<Entry> entries, Step step, Outcome... successes) {
        boolean there = entries.stream().anyMatch(entry -> entry.is(step));
        for (Outcome success : successes) {
            if (has(entries, step, success)) {
                return false;
            }
        }
        return there;
    }
}
