package igdrom.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// `docs/gpus.md` is generated from the tables; `-Dgolden=write` renews it.
class GpuPageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "."), "..", "docs", "gpus.md");

    @Test
    void page_agrees_with_the_tables() throws IOException {
        String page = page();
        if (Objects.equals(System.getProperty("golden"), "write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("mvn -pl knowledge -am verify -Dgolden=write renews it").exists();
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder();
        page.append(
                """
                # Intel's integrated GPUs

                Generated from the tables of module `knowledge` (`generations.tsv`, `devices.tsv`, `processors.tsv`, `gops.tsv`),
                where each row names its source; do not edit. A row means that the numbers are known, not that anything was
                tested.

                | platform | codename | graphics | GGC | stolen memory size | BDSM | in guest | ids |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                """);
        for (Platform platform : Knowledge.platforms()) {
            page.append(platformRow(platform));
        }
        page.append(
                """

                ## GOP drivers seen in public

                | version | arch | ids | platforms | SHA-256 of headers and sections | where |
                | --- | --- | --- | --- | --- | --- |
                """);
        for (KnownGop gop : sortedGops()) {
            page.append(
                    "| %s | %s | %s | %s | `%s` | %s |\n"
                            .formatted(
                                    orDash(gop.version()),
                                    gop.arch(),
                                    orDash(gop.ids()),
                                    orDash(String.join(", ", gop.platforms())),
                                    gop.sha256().substring(0, 16),
                                    gop.source()));
        }
        page.append(
                """

                ## Processors

                Whose GPU was seen to have which id, in public dumps of real machines. A few were seen with two ids:
                `lspci -nn -s 02.0` shows which one a machine has.

                | id | platform | processors |
                | --- | --- | --- |
                """);
        for (Device device : Knowledge.devices()) {
            List<String> names = new ArrayList<>();
            for (Processor processor : Knowledge.processors()) {
                if (processor.ids().contains(device.id())) {
                    names.add(processor.name());
                }
            }
            if (!names.isEmpty()) {
                page.append(
                        "| %s | %s | %s |\n"
                                .formatted(
                                        device.id(),
                                        device.platform().family(),
                                        String.join(", ", names)));
            }
        }
        page.append("\n## Notes\n\n");
        for (Platform platform : Knowledge.platforms()) {
            if (platform.note() != null) {
                page.append("- %s: %s.\n".formatted(platform.name(), platform.note()));
            }
        }
        for (Device device : Knowledge.devices()) {
            if (device.note() != null) {
                page.append("- %s: %s.\n".formatted(device.id(), device.note()));
            }
        }
        return page.toString();
    }

    private static String platformRow(Platform platform) {
        List<String> ids = new ArrayList<>();
        for (Device device : Knowledge.devices()) {
            if (device.platform().equals(platform)) {
                ids.add(device.id().toString().substring(5));
            }
        }
        Platform.StolenBase base = platform.stolenBase();
        return "| %s | %s | %d.%d | 0x%x | %s | %s | %s | %s |\n"
                .formatted(
                        platform.name(),
                        platform.codename(),
                        platform.graphicsVersion() / 100,
                        platform.graphicsVersion() % 100,
                        platform.graphicsControl().offset(),
                        platform.graphicsControl()
                                .gmsEncoding()
                                .toString()
                                .toLowerCase(Locale.ROOT),
                        base == null ? "-" : "0x%x, %d bits".formatted(base.offset(), base.bits()),
                        platform.stolenInGuest() ? "yes" : "no",
                        String.join(" ", ids));
    }

    private static List<KnownGop> sortedGops() {
        List<KnownGop> gops = new ArrayList<>(Knowledge.gops());
        gops.sort((one, other) -> {
            int byVersion = Long.compare(order(one), order(other));
            return byVersion != 0 ? byVersion : one.sha256().compareTo(other.sha256());
        });
        return gops;
    }

    /// Sorts 21.0.1066 after 9.0.1107, and GOPs without a version last.
    private static long order(KnownGop gop) {
        String version = gop.version();
        if (version == null) {
            return Long.MAX_VALUE;
        }
        long order = 0;
        for (String part : List.of(version.split("\\.", -1))) {
            order = order * 10_000 + Integer.parseInt(part);
        }
        return order;
    }

    private static String orDash(@Nullable Object value) {
        return value == null || value.toString().isEmpty() ? "-" : value.toString();
    }
}
