package igdrom.bench;

import igdrom.bench.setup.Kernel;
import igdrom.bench.setup.Qemu;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The host in a [Bench#runHostStack].
///
/// @param kernel that binds the device
/// @param qemu that the host starts; null for the one that plays the host
/// @param options of vfio-pci in that QEMU; the recommended ones when empty
/// @param processor of the guest
public record HostStack(
        Kernel kernel, @Nullable Qemu qemu, List<String> options, Processor processor) {
    public HostStack {
        options = List.copyOf(options);
    }

    /// A host that emulates the guest's processor, with the recommended options.
    public static HostStack of(Kernel kernel) {
        return new HostStack(kernel, null, List.of(), Processor.TCG);
    }

    /// The same host with these options of vfio-pci.
    public HostStack withOptions(List<String> wanted) {
        return new HostStack(kernel, qemu, wanted, processor);
    }

    /// The same host with another QEMU.
    public HostStack withQemu(Qemu other) {
        return new HostStack(kernel, other, options, processor);
    }

    /// The same host with another processor for its guest.
    public HostStack withProcessor(Processor other) {
        return new HostStack(kernel, qemu, options, other);
    }

    /// Who runs the guest's instructions.
    public enum Processor {
        /// The host's QEMU emulates them. Nothing in the host is changed.
        TCG,
        /// KVM in the host, on the SVM that the outer QEMU emulates: faster, but QEMU's emulation
        /// needs a change to the host's module kvm-amd.
        SVM
    }
}
