/// What goes into a ROM, and why: pure functions of a request, the parts that were found, and the
/// facts of a machine. Enter at [PlanResult#of][igdrom.plan.PlanResult#of].
///
/// Each choice is a [Decision][igdrom.plan.Decision] with its reason; what does not fit together is
/// a [PlanMessage][igdrom.plan.PlanMessage], and names the option that overrides it where there is
/// one.
@NullMarked
package igdrom.plan;

import org.jspecify.annotations.NullMarked;
