/// Decides how a virtual machine gets an IGD: a pure function of a [VmRequest], the facts about the
/// host and what the ROM is for. Enter at [VmPlanner#plan].
///
/// - [VmDefinition][igdrom.plan.vm.VmDefinition]: the model of a definition, which module
///   `hypervisor` reads and writes
/// - [OptionRule][igdrom.plan.vm.OptionRule]: what each version of QEMU needs for which GPU
/// - [VmChecks][igdrom.plan.vm.VmChecks]: what is wrong with a definition
///
/// What bhyve, libvirt and Proxmox VE make of a definition is theirs, and in module `hypervisor`.
@NullMarked
package igdrom.plan.vm;

import org.jspecify.annotations.NullMarked;
