package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bench.LentDevice;
import igdrom.bench.MachineType;
import igdrom.bench.RomContents;
import igdrom.bench.TestMachine;
import igdrom.bench.setup.Qemu;
import igdrom.bytes.Location;
import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandParser;
import igdrom.cli.options.Invocation;
import igdrom.cli.output.Console;
import igdrom.cli.output.Output;
import igdrom.cli.output.Terminal;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.host.linux.HostRoot;
import igdrom.rom.RomParts;
import igdrom.virtualigd.IgdModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `--on-host` takes from a host, and when it leaves the GPU alone. The hosts are trees of
/// files.
class OwnHostTest {
    private static final PciId COFFEE_LAKE = PciId.intel(0x3e98);
    private static final Qemu QEMU = new Qemu("11.1.3", List.of("qemu"), Map.of(), null, "a test");

    @TempDir Path root;

    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    private OwnHost host(String change) throws IOException {
        MadeTree.make(root, "made-cfl", change);
        // A process that the reader may look into, and the one that reads.
        Files.createDirectories(root.resolve("proc/1/fd"));
        Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(root.resolve("proc/self/stat"), "7 (java) S 1 1 1 34816 1 0\n");
        return OwnHost.read(HostRoot.of(root));
    }

    private LentDevice lend(OwnHost host, String... options) throws Exception {
        Terminal terminal = new Terminal(false, false, 0, StandardCharsets.UTF_8, false);
        Console console =
                new Console(
                        new Output(notes, StandardCharsets.UTF_8, false),
                        new Output(notes, StandardCharsets.UTF_8, false),
                        terminal);
        return host.lend(QEMU, arguments(options), console);
    }

    private static Arguments arguments(String... options) {
        String[] words = new String[options.length + 2];
        words[0] = "--on-host";
        System.arraycopy(options, 0, words, 1, options.length);
        words[words.length - 1] = "igd.rom";
        CommandParser parser = new CommandParser(Map.of("test", new TestCommand().syntax()));
        List<String> line = new ArrayList<>(List.of(words));
        line.addFirst("test");
        return ((Invocation.Run) parser.parse(line)).arguments();
    }

    @Test
    void host_in_good_order_lends_its_device() throws Exception {
        LentDevice lent = lend(host("made-cfl"), "--qemu-options", "x-igd-opregion=on");

        assertThat(lent)
                .isEqualTo(
                        new LentDevice(
                                "0000:00:02.0", 0, lent.kvm(), List.of("x-igd-opregion=on")));
        assertThat(notes.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void machine_has_the_class_and_the_stolen_memory_of_the_device() throws Exception {
        RomContents rom =
                RomContents.read(
                        RomParts.of(COFFEE_LAKE, RomData.NONE).image(), Location.root("igd.rom"));
        TestMachine chosen =
                TestMachine.builder(rom, IgdModel.of(COFFEE_LAKE), MachineType.PC)
                        .lpc(PciId.intel(0x1234))
                        .build();

        TestMachine machine = host("made-0380").machine(chosen);

        assertThat(machine.gpus().getFirst().classCode()).isEqualTo(IgdModel.DISPLAY);
        assertThat(machine.gpus().getFirst().ggc()).isEqualTo(0x08c1);
        assertThat(machine.lpc()).contains(PciId.intel(0xa305));
    }

    @Test
    void refusal_gives_all_reasons_and_what_to_do() throws Exception {
        OwnHost host = host("made-old-kernel");
        Files.createSymbolicLink(
                root.resolve("sys/bus/pci/devices/0000:00:02.0/driver"),
                Path.of("../../../bus/pci/drivers/i915"));
        OwnHost bound = OwnHost.read(HostRoot.of(root));

        assertThatThrownBy(() -> lend(host))
                .isInstanceOf(Failure.class)
                .hasMessage(
                        "the GPU of this host stays where it is: no driver has the IGD, not"
                            + " vfio-pci; it is the only display, so the host's screen stays dark"
                            + " while the test has it: be logged in from another machine (sudo"
                            + " igdrom doctor checks the whole host)");
        assertThat(notes.toString(StandardCharsets.UTF_8))
                .isEqualTo("note: --bind lets vfio-pci take it for the test, and gives it back\n");
        assertThatThrownBy(() -> lend(bound))
                .hasMessageContaining("i915 has the IGD, not vfio-pci");
        assertThat(lend(bound, "--bind").address()).isEqualTo("0000:00:02.0");
    }

    @Test
    void host_without_the_graphics_is_refused() throws Exception {
        OwnHost host = host("made-no-igd");

        assertThat(host.device()).isEmpty();
        assertThatThrownBy(() -> lend(host))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("there are no Intel graphics at 00:02.0");
    }

    @Test
    void options_that_contradict_it_are_refused() {
        assertThat(Session.of("test", "--bind", "igd.rom"))
                .isEqualTo(
                        Session.failed(ExitCode.USAGE, "--bind has no effect without --on-host"));
        for (String option : List.of("--raw", "--reboot", "--linux", "--preset-asls")) {
            assertThat(Session.of("test", "--on-host", option, "igd.rom"))
                    .isEqualTo(
                            Session.failed(
                                    ExitCode.USAGE,
                                    option
                                            + " and --on-host exclude each other: the test takes"
                                            + " this host as it is"));
        }
        assertThat(Session.of("test", "--on-host", "--qemu-options", "x", "igd.rom").err())
                .isEqualTo("igdrom: --qemu-options: \"x\" is not NAME=VALUE\n");
    }
}
