package igdrom.plan.vm;

import igdrom.formats.pci.PciId;
import igdrom.plan.GuestMachine;
import org.jspecify.annotations.Nullable;

/// The virtual machine that a user wants. What is null is decided.
///
/// @param versions as the user gave them
/// @param device the GPU, for a host of which nothing is known
/// @param romFile where the ROM is now, null for none
/// @param audio whether the guest also gets the sound of the display
public record VmRequest(
        Hypervisor hypervisor,
        Versions versions,
        @Nullable PciId device,
        @Nullable GuestMachine machine,
        @Nullable GuestFirmware firmware,
        boolean secureBoot,
        @Nullable GuestSystem guest,
        int memoryMiB,
        @Nullable String romFile,
        boolean audio) {
    /// Enough for any guest system.
    public static final int DEFAULT_MEMORY_MIB = 8192;

    /// A guest of which everything is decided.
    public static VmRequest of(Hypervisor hypervisor) {
        return new VmRequest(
                hypervisor,
                Versions.UNKNOWN,
                null,
                null,
                null,
                false,
                null,
                DEFAULT_MEMORY_MIB,
                null,
                false);
    }

    public VmRequest withVersions(Versions known) {
        return new VmRequest(
                hypervisor,
                known,
                device,
                machine,
                firmware,
                secureBoot,
                guest,
                memoryMiB,
                romFile,
                audio);
    }

    public VmRequest withDevice(@Nullable PciId gpu) {
        return new VmRequest(
                hypervisor,
                versions,
                gpu,
                machine,
                firmware,
                secureBoot,
                guest,
                memoryMiB,
                romFile,
                audio);
    }

    public VmRequest withMachine(@Nullable GuestMachine type) {
        return new VmRequest(
                hypervisor,
                versions,
                device,
                type,
                firmware,
                secureBoot,
                guest,
                memoryMiB,
                romFile,
                audio);
    }

    /// The same guest with this firmware.
    ///
    /// @param secure whether it enforces Secure Boot
    public VmRequest withFirmware(@Nullable GuestFirmware booted, boolean secure) {
        return new VmRequest(
                hypervisor,
                versions,
                device,
                machine,
                booted,
                secure,
                guest,
                memoryMiB,
                romFile,
                audio);
    }

    public VmRequest withGuest(@Nullable GuestSystem system) {
        return new VmRequest(
                hypervisor,
                versions,
                device,
                machine,
                firmware,
                secureBoot,
                system,
                memoryMiB,
                romFile,
                audio);
    }

    public VmRequest withMemory(int mebibytes) {
        return new VmRequest(
                hypervisor,
                versions,
                device,
                machine,
                firmware,
                secureBoot,
                guest,
                mebibytes,
                romFile,
                audio);
    }

    public VmRequest withRomFile(@Nullable String file) {
        return new VmRequest(
                hypervisor,
                versions,
                device,
                machine,
                firmware,
                secureBoot,
                guest,
                memoryMiB,
                file,
                audio);
    }

    public VmRequest withAudio(boolean wanted) {
        return new VmRequest(
                hypervisor,
                versions,
                device,
                machine,
                firmware,
                secureBoot,
                guest,
                memoryMiB,
                romFile,
                wanted);
    }
}
