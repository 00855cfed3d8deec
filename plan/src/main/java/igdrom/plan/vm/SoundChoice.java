package igdrom.plan.vm;

import igdrom.host.IommuGroup;
import igdrom.host.PciFunction;
import igdrom.host.Snapshot;
import igdrom.plan.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Chooses the function through which an IGD sends sound to its displays.
final class SoundChoice {
    /// Of the same device: which it is, the firmware decides.
    private static final Set<Integer> AUDIO = Set.of(0x0401, 0x0403);

    /// Where Intel puts it, the most specific first: Haswell's and Broadwell's own function, that
    /// of a PCH, that of an Atom, and the one that all of these replace.
    private static final List<String> ADDRESSES =
            List.of("0000:00:03.0", "0000:00:1f.3", "0000:00:0e.0", "0000:00:1b.0");

    private SoundChoice() {}

    /// The function, empty when the host has none that a guest can get.
    static Optional<GuestDevice> choose(@Nullable Snapshot host, VmLog log) {
        Optional<List<PciFunction>> functions =
                host == null ? Optional.empty() : host.pci().others().value();
        if (host == null || functions.isEmpty()) {
            log.refuse(
                    "which function has the sound of the display is not known",
                    Remedy.GIVE_SNAPSHOT);
            return Optional.empty();
        }
        for (String address : ADDRESSES) {
            for (PciFunction function : functions.get()) {
                if (function.address().equals(address) && isAudio(function)) {
                    return checked(function, host, log);
                }
            }
        }
        log.refuse("the host has no sound function beside its GPU");
        return Optional.empty();
    }

    private static boolean isAudio(PciFunction function) {
        return AUDIO.contains(function.classCode().value().map(code -> code >> 8).orElse(0));
    }

    private static Optional<GuestDevice> checked(PciFunction function, Snapshot host, VmLog log) {
        String address = function.address();
        Optional<IommuGroup> group = host.groupOf(function);
        boolean known =
                host.iommu().groups().value().isPresent()
                        || function.use().iommuGroup().value().isPresent();
        if (!known) {
            log.warn("the IOMMU group of " + address + " is not known: it must be alone in it");
        } else {
            if (group.isEmpty()) {
                log.refuse(address + " is in no IOMMU group: is the IOMMU on?");
                return Optional.empty();
            }
            List<String> others =
                    group.get().functions().stream().filter(each -> !each.equals(address)).toList();
            if (!others.isEmpty()) {
                log.refuse(
                        "the sound function %s shares IOMMU group %d with %s, and a group goes to"
                                        .formatted(
                                                address,
                                                group.get().number(),
                                                String.join(", ", others))
                                + " one guest as a whole: do without sound, or use USB sound");
                return Optional.empty();
            }
        }
        return Optional.of(new GuestDevice("sound", address, null, null));
    }
}
