package igdrom.plan.vm;

import igdrom.plan.PlanMessage.Severity;
import org.jspecify.annotations.Nullable;

/// Something wrong with the definition of a virtual machine.
///
/// @param subject what it is about: the name of an option of the IGD, or one of the constants here
/// @param text what is wrong and why, a sentence without a full stop
/// @param says what the hypervisor prints, null when it says nothing
/// @param fix what to do, a clause
public record VmProblem(
        Severity severity, String subject, String text, @Nullable String says, String fix) {
    public static final String MACHINE = "machine";
    public static final String FIRMWARE = "firmware";
    public static final String DISPLAY = "display";
    public static final String PROCESSOR = "processor";
    public static final String MEMORY = "memory";
    public static final String IGD = "igd";
    public static final String ADDRESS = "addr";
    public static final String ROM = "romfile";

    /// The subject of a device by its name.
    public static String device(String name) {
        return "device " + name;
    }
}
