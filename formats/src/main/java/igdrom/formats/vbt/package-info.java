/// The Video BIOS Table (VBT), in which the board maker describes what is wired to which output of
/// the GPU.
///
/// Source: the format is published only in code: Linux,
/// drivers/gpu/drm/i915/display/intel_vbt_defs.h (6.18) and intel_bios.c (patches up to 2025);
/// checked against the output of intel_vbt_decode of intel-gpu-tools 1.27. "BDB 195" means: from
/// that version of the BIOS data block on.
///
/// [Vbt][igdrom.formats.vbt.Vbt] is the structure, header and blocks, byte for byte;
/// [VbtContent][igdrom.formats.vbt.VbtContent] decodes the blocks to outputs, panels and features;
/// [VbtEdit][igdrom.formats.vbt.VbtEdit] switches outputs off and
/// [VbtRepack][igdrom.formats.vbt.VbtRepack] resizes the entries of outputs;
/// [VbtBuilder][igdrom.formats.vbt.VbtBuilder] makes small tables:
///
/// ```java
/// Location location = Location.root("board.vbt");
/// Diagnostics diagnostics = new Diagnostics();
/// Vbt vbt = Vbt.read(Image.load(Path.of("board.vbt")), location, diagnostics);
/// for (Output output : VbtContent.read(vbt, location, diagnostics).outputs()) {
///     String line = output.toString(); // HDMI on port B, DDC pin 2
/// }
/// ```
///
/// Not supported: SDVO and TV details of chipsets before Sandy Bridge, MIPI sequences (kept, not
/// decoded), toggle lists and mode tables for the VGA BIOS, power saving features.
@NullMarked
package igdrom.formats.vbt;

import org.jspecify.annotations.NullMarked;
