package igdrom.virtualigd;

import igdrom.knowledge.TsvTable;

/// The rows of `config.tsv`: the fields of the config space of an IGD.
///
/// `size` is in bytes; `writable` are the bits that can be written, `clearable` those that writing
/// 1 clears. A cell that begins with `@` stands for what the model says.
final class ConfigTable {
    private static final int EXPRESS = 900;

    private ConfigTable() {}

    static TsvTable table() {
        return Tables.load(
                "config.tsv",
                "offset",
                "size",
                "name",
                "graphics",
                "value",
                "writable",
                "clearable",
                "source",
                "checked");
    }

    /// The config space of a device that was just switched on.
    static ConfigSpace space(IgdModel model, long apertureSize) {
        int version = model.platform().graphicsVersion();
        ConfigSpace space =
                new ConfigSpace(version < EXPRESS ? ConfigSpace.SMALL : ConfigSpace.LARGE);
        for (TsvTable.Row row : table().rows()) {
            if (GraphicsVersions.of(row, 3).holds(version)) {
                space.field(
                        row.number(0),
                        row.number(1),
                        value(model, apertureSize, row, 4),
                        value(model, apertureSize, row, 5),
                        value(model, apertureSize, row, 6));
            }
        }
        return space;
    }

    private static long value(IgdModel model, long apertureSize, TsvTable.Row row, int column) {
        String text = row.text(column);
        return switch (text) {
            case "@vendor" -> model.id().vendor();
            case "@device" -> model.id().device();
            case "@revision" -> model.revision();
            case "@class" -> model.classCode();
            case "@ggc" -> model.ggc();
            case "@asls" -> model.asls();
            case "@bdsm" -> model.bdsm();
            case "@bar0" -> -((long) model.platform().bar0MiB() << 20);
            case "@bar2" -> -apertureSize;
            case "@all" -> -1;
            default -> row.number(column) & 0xffff_ffffL;
        };
    }
}
