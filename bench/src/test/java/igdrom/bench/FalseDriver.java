package igdrom.bench;

import java.util.List;

/// A driver that is wrong in one way: igdrom's own with a few lines replaced.
///
/// @param fault what is wrong with it
/// @param guest in which it is tested
/// @param check that has to fail
record FalseDriver(String fault, Guest guest, String check, List<Patch> patches) {
    FalseDriver {
        patches = List.copyOf(patches);
        if (patches.isEmpty()) {
            throw new IllegalArgumentException(fault + ": nothing is replaced");
        }
    }

    /// A replacement in a source file.
    ///
    /// @param before occurs exactly once in the file
    record Patch(String file, String before, String after) {
        String apply(String text) {
            int at = text.indexOf(before);
            if (at < 0 || text.indexOf(before, at + 1) >= 0) {
                throw new AssertionError(
                        "%s: a patch needs this text exactly once, it is there %s: %s"
                                .formatted(file, at < 0 ? "nowhere" : "more often", before));
            }
            return text.substring(0, at) + after + text.substring(at + before.length());
        }
    }

    /// The guests that false drivers are tested in.
    enum Guest {
        /// Comet Lake on q35, without a GOP.
        PLAIN,
        /// The same, and the guest is reset once.
        REBOOT,
        /// Alder Lake on q35, with a GOP that draws.
        GOP,
        /// Comet Lake, with a VBT in the ROM that is for the GOP only.
        POLICY_VBT,
        /// A device that the ROM treats as one with an unknown id.
        UNKNOWN,
        /// The hypervisor says that it does not emulate BDSM.
        WITHOUT_BDSM,
        /// Meteor Lake, which needs no stolen memory in a guest.
        METEOR_LAKE,
        /// The hypervisor's file for the OpRegion has all mailboxes, as on many hosts.
        ALL_MAILBOXES,
        /// The hypervisor's file for the size of stolen memory says less than GGC.
        SMALL_SIZE,
        /// ASLS points to an OpRegion that nobody protects, and the hypervisor has another.
        OLD_OPREGION,
        /// The hypervisor has set BDSM.
        PRESET_STOLEN,
        /// The registers are the host's own, and BDSM is locked.
        LOCKED,
        /// The registers are the host's own.
        UNLOCKED,
        /// The registers are the host's own, BDSM is locked, and the guest has memory where the
        /// host's stolen memory is.
        LOCKED_COVERING,
        /// The registers are the host's own, and the ROM has a GOP.
        LOCKED_GOP,
        /// The registers are the host's own, and the ROM says that ASLS is to be written.
        ASLS_ALWAYS,
        /// Alder Lake's virtual function of SR-IOV.
        VIRTUAL_FUNCTION,
        /// The display is as the host's firmware left it, and the ROM says that it is to be
        /// cleared.
        DISPLAY_STATE,
    }
}
