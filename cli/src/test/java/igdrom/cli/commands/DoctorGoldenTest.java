package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.cli.json.JacksonFormat;
import igdrom.host.Fact;
import igdrom.host.Graphics;
import igdrom.host.Iommu;
import igdrom.host.Kernel;
import igdrom.host.PciFunction;
import igdrom.host.PciFunctions;
import igdrom.host.Snapshot;
import igdrom.host.linux.HostReader;
import igdrom.host.linux.HostRoot;
import igdrom.host.text.HostTexts;
import igdrom.host.text.TextFile;
import igdrom.plan.host.Diagnosis;
import igdrom.report.Detail;
import igdrom.report.DoctorReport;
import igdrom.report.HostSource;
import igdrom.report.HostSource.Kind;
import igdrom.report.html.Markup;
import igdrom.report.html.ReportMarkup;
import igdrom.report.html.StaticPage;
import igdrom.report.text.ReportText;
import igdrom.report.text.TextLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What users of real and of made-up hosts read, whole.
///
/// The real ones are described in `machines/README.md` of the host's resources; the changes of a
/// made-up one are in its list of files. `-Dgolden=write` renews the texts.
class DoctorGoldenTest {
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));
    private static final String BASE = "made-cfl";

    @TempDir private Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "advantech-utc520-ivb-bsd",
                "asus-aio-e5402-tglh-vmd",
                "asus-rog-b660i-rpls",
                "asus-z590m-pve-rkl",
                "azw-mini-s-adln",
                "azw-u59-jsl-bsd",
                "dell-inspiron-3558-bdw",
                "dell-latitude-5420-tgl",
                "framework-13-mtl",
                "gigabyte-z390-ud-cfl",
                "hp-8440p-ilk",
                "lenovo-ideapad-3-icl",
                "msi-prestige-13-lnl",
                "supermicro-e200-9b-bsw-0380-bsd",
                "teclast-f15plus-glk"
            })
    void real_host_reads_well(String name) throws IOException {
        Snapshot facts =
                HostTexts.read(
                                TextFile.in(MadeTree.MACHINES.resolve(name)),
                                new JacksonFormat(),
                                "a test")
                        .snapshot();
        golden(name, text(facts, Kind.TEXTS, name, 80, Detail.SUMMARY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "made-cfl",
                "made-ivb-legacy",
                "made-hsw",
                "made-cfl-pve8",
                "made-cfl-pve9",
                "made-adln-sriov",
                "made-0380",
                "made-no-igd",
                "made-vm",
                "made-old-kernel"
            })
    void made_up_host_reads_well(String name) throws IOException {
        golden(name, text(made(name), Kind.MACHINE, "", 80, Detail.SUMMARY));
    }

    @ParameterizedTest
    @CsvSource({"made-cfl,40", "made-cfl-pve8,40", "made-no-igd,40"})
    void narrow_terminal_reads_well(String name, int columns) throws IOException {
        String text = text(made(name), Kind.MACHINE, "", columns, Detail.SUMMARY);
        golden(name + "-" + columns, text);
        assertThat(text.lines().filter(line -> line.length() > columns)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"made-cfl", "made-cfl-pve8"})
    void quiet_text_has_only_what_is_wrong_and_the_verdict(String name) throws IOException {
        golden(name + "-quiet", text(made(name), Kind.MACHINE, "", 80, Detail.PROBLEMS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"made-no-root"})
    void host_without_root_reads_well(String name) throws IOException {
        Snapshot facts = withoutRoot(made("made-cfl-pve9"));
        golden(name, text(facts, Kind.MACHINE, "", 80, Detail.SUMMARY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"made-cfl-pve8", "made-no-igd", "made-no-root"})
    void page_about_a_host_reads_well(String name) throws IOException {
        Snapshot facts =
                name.equals("made-no-root") ? withoutRoot(made("made-cfl-pve9")) : made(name);
        List<Markup> page = ReportMarkup.of(report(facts, Kind.MACHINE, ""), new OptionWording());
        // A line for each cell and item, so that a change shows as one.
        String text =
                StaticPage.of("this host", page, "a test")
                        .replaceAll("<style>[^<]*</style>", "")
                        .replaceAll("(</(?:p|tr|h2|li|pre|section|ul|table|head)>)", "$1\n");
        goldenFile(name + ".html", text);
    }

    private Snapshot made(String name) throws IOException {
        MadeTree.make(root, BASE, name);
        return new HostReader(HostRoot.of(root)).read("a test");
    }

    /// What a user without root sees. File permissions do not stop a test that root runs.
    private static Snapshot withoutRoot(Snapshot all) {
        Graphics graphics = all.graphics();
        return new Snapshot(
                all.measuredBy(),
                new PciFunctions(
                        shortConfig(all.igd()),
                        shortConfig(all.hostBridge()),
                        shortConfig(all.lpc()),
                        all.pci().others()),
                new Graphics(
                        denied("/sys/kernel/debug/dri"),
                        denied("/sys/kernel/debug/dri"),
                        new Fact.Unknown<>("/proc/iomem", "addresses are shown to root only"),
                        new Fact.Unknown<>("/proc/iomem", "addresses are shown to root only"),
                        graphics.connectors(),
                        denied("/proc/1/fd"),
                        graphics.rom()),
                new Iommu(
                        all.iommu().units(),
                        all.iommu().groups(),
                        denied("/sys/firmware/acpi/tables/DMAR")),
                all.firmware(),
                all.vfio(),
                new Kernel(
                        all.kernel().release(),
                        all.kernel().commandLine(),
                        all.kernel().options(),
                        all.kernel().modules(),
                        all.kernel().consoles(),
                        denied("/dev/kmsg")),
                all.machine(),
                all.hypervisors(),
                all.image());
    }

    private static PciFunction shortConfig(PciFunction all) {
        return new PciFunction(
                all.address(),
                all.id(),
                all.revision(),
                all.classCode(),
                all.subsystem(),
                all.config().map(config -> config.slice(0, Math.min(64, config.size()))),
                all.use());
    }

    private static <T> Fact<T> denied(String path) {
        return new Fact.Unknown<>(path, "permission denied");
    }

    private static DoctorReport report(Snapshot facts, Kind kind, String name) {
        HostSource source = HostSource.of(kind, name, null, facts);
        return new DoctorReport(source, Diagnosis.of(facts), List.of(), null);
    }

    private static String text(Snapshot facts, Kind kind, String name, int columns, Detail detail) {
        TextLayout layout = new TextLayout(columns, true, detail);
        return ReportText.of(report(facts, kind, name), layout, new OptionWording()).plain();
    }

    private static void golden(String name, String text) throws IOException {
        goldenFile(name + ".txt", text);
    }

    private static void goldenFile(String name, String text) throws IOException {
        Path file = MadeTree.LISTS.resolve(name);
        if (WRITE) {
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
