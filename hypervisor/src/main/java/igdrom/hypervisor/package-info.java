/// What hypervisors read and write: one class per hypervisor writes the [definition of a virtual
/// machine][igdrom.plan.vm.VmDefinition], one reads it. Enter at [Configurations#write].
///
/// Nothing is decided here: [igdrom.plan.vm.VmPlanner] does that.
@NullMarked
package igdrom.hypervisor;

import org.jspecify.annotations.NullMarked;
