/// The Video BIOS Table: what the board's maker says is wired to which output of the GPU.
///
/// [Vbt][igdrom.formats.vbt.Vbt] is the structure, header and blocks, byte for byte;
/// [VbtContent][igdrom.formats.vbt.VbtContent] is what the blocks say, decoded when somebody asks:
/// outputs, panels, features. [VbtBuilder][igdrom.formats.vbt.VbtBuilder] makes small ones.
///
/// Source: the format is published only in code: Linux,
/// drivers/gpu/drm/i915/display/intel_vbt_defs.h (6.18) and intel_bios.c (patches up to 2025); held
/// against what intel_vbt_decode of intel-gpu-tools 1.27 prints. "BDB 195" means: from that version
/// of the BIOS data block on.
///
/// Not here: SDVO and TV details of chipsets before Sandy Bridge, MIPI sequences (kept, not
/// decoded), toggle lists and mode tables for the VGA BIOS, power saving features.
@NullMarked
package igdrom.formats.vbt;

import org.jspecify.annotations.NullMarked;
