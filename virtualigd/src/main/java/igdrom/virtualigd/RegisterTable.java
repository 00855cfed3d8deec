package igdrom.virtualigd;

import igdrom.knowledge.Platform;
import igdrom.knowledge.TsvTable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The registers in BAR0 that are known of one platform: the rows of `registers.tsv` that hold for
/// its graphics version.
///
/// A row stands for `count` registers, `step` bytes apart.
final class RegisterTable {
    private final Map<Integer, Register> registers = new HashMap<>();

    /// One of them.
    record Register(String name, RegisterRule rule) {}

    RegisterTable(Platform platform) {
        for (TsvTable.Row row : table().rows()) {
            if (GraphicsVersions.of(row, 3).holds(platform.graphicsVersion())) {
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
                throw row.broken("register " + i + " is no register");
            }
            Register register = new Register(row.text(4), RegisterRule.of(row, 5, i));
            if (registers.put(offset, register) != null) {
                throw row.broken("register " + i + " is there twice");
            }
        }
    }

    /// What is known of a register, null when that is nothing.
    @Nullable Register find(int offset) {
        return registers.get(offset);
    }

    Map<Integer, Register> all() {
        return registers;
    }
}
