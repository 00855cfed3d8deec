package igdrom.plan.host;

/// Whether there is a UEFI GOP for the IGD of a host.
///
/// @param verdict [Verdict#YES] when one is in the firmware of this host or ran on it
/// @param text the best evidence, as a clause
public record GopAnswer(Verdict verdict, Proof proof, String text) {}
