package igdrom.formats.vbt;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The versions of the BIOS data block that changed the size of a block, or the meaning of a field
/// in it. Blocks without versions never changed, or drivers do not read them.
///
/// Source: Linux, intel_vbt_defs.h, the versions after each field, such as `/* 224+ */`; of the
/// blocks that i915 or a GOP reads.
final class BlockLayouts {
    private static final Map<Integer, List<Integer>> CHANGES =
            Map.ofEntries(
                    Map.entry(BdbBlock.GENERAL_FEATURES, List.of(160, 181, 242, 249)),
                    Map.entry(9, List.of(165, 226)),
                    Map.entry(
                            BdbBlock.EDP,
                            List.of(
                                    162, 165, 173, 182, 185, 186, 199, 203, 224, 244, 251, 260,
                                    261)),
                    Map.entry(BdbBlock.LFP_OPTIONS, List.of(200, 212, 228, 240)),
                    Map.entry(BdbBlock.LFP_DATA, List.of(156, 187, 188, 208, 227, 231, 238, 245)),
                    Map.entry(BdbBlock.LFP_BACKLIGHT, List.of(162, 191, 234, 236, 239)),
                    Map.entry(44, List.of(160, 210, 228, 232, 233, 247, 253, 257)),
                    Map.entry(46, List.of(211)),
                    Map.entry(BdbBlock.MIPI_CONFIGURATION, List.of(175, 177, 186, 190)),
                    Map.entry(253, List.of(217)));

    private BlockLayouts() {}

    /// The first change of a block's layout after one version and up to another.
    static Optional<Integer> change(int block, int after, int until) {
        return CHANGES.getOrDefault(block, List.of()).stream()
                .filter(version -> version > after && version <= until)
                .findFirst();
    }
}
