package igdrom.plan;

import igdrom.formats.pci.PciId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the owner requests. A nullable component that is null was not requested: it is decided.
///
/// @param machine the guest's, null for a ROM for q35 and pc
/// @param source the OpRegion that the driver prefers
/// @param aslsAlways whether the driver writes ASLS even where the hypervisor does not emulate it
/// @param clearsDisplayState whether the driver clears what the host's firmware left in the display
/// @param vbt changes to the VBT in that OpRegion
/// @param compressed whether the UEFI images are compressed
/// @param allowed conflicts that do not stop the build
public record RomRequest(
        TargetDevice target,
        @Nullable GuestMachine machine,
        GopRequest gop,
        OpRegionSource source,
        boolean aslsAlways,
        boolean clearsDisplayState,
        VbtRequest vbt,
        StolenRequest stolen,
        PolicyRequest policy,
        boolean compressed,
        Set<Conflict> allowed) {
    /// The device that the ROM is for.
    ///
    /// @param device null for the host's own
    /// @param treatAs a known device whose generation is assumed for an unknown one
    /// @param classCode of 24 bits, null for the host's, or a VGA controller's
    public record TargetDevice(
            @Nullable PciId device, @Nullable PciId treatAs, @Nullable Integer classCode) {}

    /// The GOP of the ROM.
    ///
    /// @param included whether it goes in when there is one
    public record GopRequest(boolean included, LpcBridgePolicy bridge) {}

    /// Changes to the VBT.
    ///
    /// @param disabledOutputs names of outputs to switch off for everybody in the guest
    /// @param repacked whether the GOP gets a VBT with entries of the size that it has built in
    public record VbtRequest(List<String> disabledOutputs, boolean repacked) {
        /// No change.
        public static final VbtRequest NONE = new VbtRequest(List.of(), false);

        public VbtRequest {
            disabledOutputs = List.copyOf(disabledOutputs);
        }
    }

    /// Stolen memory in the guest.
    ///
    /// @param base its address
    /// @param size in bytes
    public record StolenRequest(@Nullable Long base, @Nullable Long size) {
        boolean isRequested() {
            return base != null || size != null;
        }
    }

    /// What the driver answers to a GOP that asks for its policy.
    public record PolicyRequest(@Nullable Boolean lidOpen, @Nullable Boolean docked) {}

    public RomRequest {
        allowed = Set.copyOf(allowed);
    }

    /// A request for that device and nothing else.
    ///
    /// @param device null for the host's own
    public static RomRequest of(@Nullable PciId device) {
        return new RomRequest(
                new TargetDevice(device, null, null),
                null,
                new GopRequest(true, LpcBridgePolicy.AUTO),
                OpRegionSource.HYPERVISOR_FIRST,
                false,
                false,
                VbtRequest.NONE,
                new StolenRequest(null, null),
                new PolicyRequest(null, null),
                false,
                Set.of());
    }

    public RomRequest withTreatAs(@Nullable PciId known) {
        return changed(
                copy -> copy.target = new TargetDevice(target.device(), known, target.classCode()));
    }

    /// The same request with this class code in the ROM.
    ///
    /// @param other of 24 bits; null for the host's, or a VGA controller's
    public RomRequest withClass(@Nullable Integer other) {
        return changed(
                copy -> copy.target = new TargetDevice(target.device(), target.treatAs(), other));
    }

    public RomRequest withAslsAlways(boolean other) {
        return changed(copy -> copy.aslsAlways = other);
    }

    public RomRequest withClearsDisplayState(boolean other) {
        return changed(copy -> copy.clearsDisplayState = other);
    }

    public RomRequest withMachine(@Nullable GuestMachine other) {
        return changed(copy -> copy.machine = other);
    }

    public RomRequest withGop(GopRequest other) {
        return changed(copy -> copy.gop = other);
    }

    public RomRequest withSource(OpRegionSource other) {
        return changed(copy -> copy.source = other);
    }

    public RomRequest withVbt(VbtRequest other) {
        return changed(copy -> copy.vbt = other);
    }

    public RomRequest withStolen(@Nullable Long base, @Nullable Long size) {
        return changed(copy -> copy.stolen = new StolenRequest(base, size));
    }

    public RomRequest withPolicy(PolicyRequest other) {
        return changed(copy -> copy.policy = other);
    }

    public RomRequest withCompression(boolean other) {
        return changed(copy -> copy.compressed = other);
    }

    public RomRequest withAllowed(Set<Conflict> others) {
        return changed(copy -> copy.allowed = others);
    }

    /// The components, to be changed one by one.
    private static final class Copy {
        private TargetDevice target;
        private @Nullable GuestMachine machine;
        private GopRequest gop;
        private OpRegionSource source;
        private boolean aslsAlways;
        private boolean clearsDisplayState;
        private VbtRequest vbt;
        private StolenRequest stolen;
        private PolicyRequest policy;
        private boolean compressed;
        private Set<Conflict> allowed;

        private Copy(RomRequest original) {
            target = original.target;
            machine = original.machine;
            gop = original.gop;
            source = original.source;
            aslsAlways = original.aslsAlways;
            clearsDisplayState = original.clearsDisplayState;
            vbt = original.vbt;
            stolen = original.stolen;
            policy = original.policy;
            compressed = original.compressed;
            allowed = original.allowed;
        }

        private RomRequest toRecord() {
            return new RomRequest(
                    target,
                    machine,
                    gop,
                    source,
                    aslsAlways,
                    clearsDisplayState,
                    vbt,
                    stolen,
                    policy,
                    compressed,
                    allowed);
        }
    }

    private RomRequest changed(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.toRecord();
    }
}
