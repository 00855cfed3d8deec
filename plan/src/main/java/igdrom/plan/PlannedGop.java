package igdrom.plan;

import igdrom.firmware.gop.Gop;
import igdrom.formats.pe.PeImage;

/// The GOP of a ROM.
///
/// @param gop what it is, as it was found
/// @param program what goes into the ROM: the same without what followed it. An edit of it (of
///   which LPC bridge it takes) has its place here, between what was found and what is written.
/// @param from where it was found
public record PlannedGop(Gop gop, PeImage program, String from) {}
