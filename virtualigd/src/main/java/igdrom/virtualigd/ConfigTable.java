package igdrom.virtualigd;

import igdrom.knowledge.Platform.StolenBase;
import igdrom.knowledge.TsvTable;

/// The rows of `config.tsv`: the fields in the config space of an IGD.
///
/// `size` is in bytes; `writable` is a mask of the bits that can be written, `clearable` of those
/// that writing 1 clears. A cell that starts with `@` takes its value from the model.
final class ConfigTable {
    /// The first graphics version that is a PCI Express device.
    private static final int MIN_EXPRESS_VERSION = 900;

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

    /// The fields that a virtual function lacks: they read 0.
    static TsvTable virtualFunctionTable() {
        return Tables.load("virtual-function.tsv", "offset", "size", "name", "source", "checked");
    }

    /// The config space of a device after power-on.
    static ConfigSpace space(IgdModel model, long apertureSize) {
        int version = model.platform().graphicsVersion();
        ConfigSpace space =
                new ConfigSpace(
                        version < MIN_EXPRESS_VERSION
                                ? ConfigSpace.PCI_SIZE
                                : ConfigSpace.EXPRESS_SIZE);
        for (TsvTable.Row row : table().rows()) {
            if (Platforms.of(row, 3).contains(model.platform())) {
                space.field(
                        row.number(0),
                        row.number(1),
                        value(model, apertureSize, row, 4),
                        value(model, apertureSize, row, 5),
                        value(model, apertureSize, row, 6));
            }
        }
        if (model.host().isVirtualFunction()) {
            for (TsvTable.Row row : virtualFunctionTable().rows()) {
                space.field(row.number(0), row.number(1), 0, 0, 0);
            }
        }
        StolenBase base = model.platform().stolenBase();
        if (model.host().raw() && base != null) {
            space.lock(base.offset(), base.bits() / 8);
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
            case "@gsm" -> model.hostPageTable();
            case "@bar0" -> -((long) model.platform().bar0MiB() << 20);
            case "@bar2" -> -apertureSize;
            case "@all" -> -1;
            default -> row.number(column) & 0xffff_ffffL;
        };
    }
}
