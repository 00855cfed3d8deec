package igdrom.hypervisor;

import igdrom.bytes.Resource;
import igdrom.plan.vm.VmPlan;

/// The script that gives the IGD back to the host when the guest has stopped.
final class HookScript {
    private static final String BODY = Resource.load(HookScript.class, "hook.sh").latin1();

    private HookScript() {}

    /// A script for a shell.
    ///
    /// @param guest the name of its state, a word
    /// @param head comment lines
    /// @param use what calls the functions of the script
    static String of(VmPlan plan, String guest, String head, String use) {
        return "#!/bin/sh\n"
                + head
                + BODY.replace("@FUNCTIONS@", String.join(" ", plan.hostFunctions()))
                        .replace("@GUEST@", guest)
                + "\n"
                + use;
    }
}
