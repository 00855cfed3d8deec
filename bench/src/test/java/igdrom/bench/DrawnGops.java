package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The GOPs that drew in a test: `drawn.tsv`, which nobody writes but that test with
/// `-Dgolden=write`.
final class DrawnGops {
    static final Path TABLE = Path.of("src/test/resources/igdrom/bench/drawn.tsv");

    private static final String HEADER =
            "device\tgop\tsha256\tbridge\tdirty\tmachine\tvbt\tqemu\tfirmware";

    /// @param bridge that was written into the GOP, empty for none
    /// @param dirty whether the display was left on
    /// @param qemu its version
    record Row(
            String device,
            String gop,
            String sha256,
            String bridge,
            boolean dirty,
            String machine,
            String vbt,
            String qemu,
            String firmware) {
        private static Row of(String line) {
            String[] cells = line.split("\t", -1);
            return new Row(
                    cells[0],
                    cells[1],
                    cells[2],
                    cells[3],
                    cells[4].equals("yes"),
                    cells[5],
                    cells[6],
                    cells[7],
                    cells[8]);
        }

        private String line() {
            return String.join(
                    "\t",
                    device,
                    gop,
                    sha256,
                    bridge,
                    dirty ? "yes" : "no",
                    machine,
                    vbt,
                    qemu,
                    firmware);
        }

        /// What was run, without where and on which versions.
        List<String> run() {
            return List.of(device, bridge, dirty ? "yes" : "no", vbt);
        }
    }

    private DrawnGops() {}

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        if (Files.exists(TABLE)) {
            List<String> lines = Files.readAllLines(TABLE);
            assertThat(lines.getFirst()).isEqualTo(HEADER);
            lines.subList(1, lines.size()).forEach(line -> rows.add(Row.of(line)));
        }
        return rows;
    }

    /// Keeps what a test has just seen, when the table is to be written.
    static void seen(Row row) throws IOException {
        if (!"write".equals(System.getProperty("golden"))) {
            return;
        }
        List<Row> rows = rows();
        rows.removeIf(old -> old.run().equals(row.run()));
        rows.add(row);
        TreeSet<String> lines = new TreeSet<>();
        rows.forEach(each -> lines.add(each.line()));
        Files.writeString(TABLE, HEADER + "\n" + String.join("\n", lines) + "\n");
    }

    /// The rows as a table of the documentation.
    static String markdown() throws IOException {
        StringBuilder out = new StringBuilder();
        out.append("| GPU | GOP | SHA-256 | LPC bridge in it | display | machine | QEMU, OVMF |\n");
        out.append("| --- | --- | --- | --- | --- | --- | --- |\n");
        for (Row row : rows()) {
            out.append("| ")
                    .append(Knowledge.platformOf(PciId.of(row.device)).orElseThrow().codename())
                    .append(' ')
                    .append(row.device)
                    .append(" | ")
                    .append(row.gop)
                    .append(" | ")
                    .append(row.sha256)
                    .append(" | ")
                    .append(row.bridge.isEmpty() ? "unedited" : row.bridge)
                    .append(" | ")
                    .append(row.dirty ? "left on by firmware" : "off")
                    .append(" | ")
                    .append(row.machine)
                    .append(" | ")
                    .append(row.qemu)
                    .append(", ")
                    .append(row.firmware)
                    .append(" |\n");
        }
        return out.toString();
    }
}
