package igdrom.virtualigd;

import igdrom.knowledge.Platform;
import igdrom.knowledge.TsvTable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The known registers in BAR0 of one platform: the rows of `registers.tsv` that apply to its
/// graphics version.
///
/// A row defines `count` registers, `step` bytes apart.
final class RegisterTable {
    /// The behaviour of a row that defines no register: the display's registers begin there.
    private static final String DISPLAY = "display";

    private final Map<Integer, Definition> definitions = new HashMap<>();
    private int displayBase;

    /// The definition of one register.
    record Definition(String name, RegisterRule rule) {}

    RegisterTable(Platform platform) {
        for (TsvTable.Row row : table().rows()) {
            if (!Platforms.of(row, 3).contains(platform)) {
                continue;
            }
            if (row.text(5).equals(DISPLAY)) {
                displayBase = row.number(0);
            } else {
                add(row, platform.bar0MiB() << 20);
            }
        }
    }

    static TsvTable table() {
        return Tables.load(
                "registers.tsv",
                "offset",
                "step",
                "count",
                "graphics",
                "name",
                "behaviour",
                "value",
                "argument",
                "source",
                "checked");
    }

    private void add(TsvTable.Row row, int size) {
        for (int i = 0; i < row.number(2); i++) {
            int offset = row.number(0) + i * row.number(1);
            if ((offset & 3) != 0 || offset < 0 || offset >= size) {
                throw row.broken("register %d has invalid offset 0x%x".formatted(i, offset));
            }
            Definition definition = new Definition(row.text(4), RegisterRule.of(row, 5, i));
            if (definitions.put(offset, definition) != null) {
                throw row.broken("register %d at 0x%x is defined twice".formatted(i, offset));
            }
        }
    }

    /// What has to be added to the offset of a register of the display.
    int displayBase() {
        return displayBase;
    }

    /// The definition of the register at this offset, null when no row has one.
    @Nullable Definition find(int offset) {
        return definitions.get(offset);
    }

    Map<Integer, Definition> all() {
        return definitions;
    }
}
