/// Judges a host: can it hand its IGD to a guest, what is in the way, and what would be shown.
///
/// A pure function of the facts in a [Snapshot][igdrom.host.Snapshot]. Enter at [Diagnosis#of].
/// Each subject is a [HostCheck] with its evidence, in the order in which a person would look; each
/// way to show a picture is a [ModeVerdict]. Outcomes are judged, not settings: a framebuffer that
/// holds memory counts, a word on the command line does not.
///
/// ```java
/// Diagnosis diagnosis = Diagnosis.of(snapshot);
/// diagnosis.checks().forEach(check -> use(check.name(), check.state(), check.text()));
/// ```
///
/// Not judged: the definition of a virtual machine.
@NullMarked
package igdrom.plan.host;

import org.jspecify.annotations.NullMarked;
