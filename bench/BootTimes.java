import igdrom.bench.setup.Ovmf;
import igdrom.bench.setup.Qemu;
import igdrom.bench.setup.Tools;
import igdrom.fetch.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Times `igdrom test` against its unavoidable part: OVMF booting to its shell in the same QEMU.
///
///     java -cp cli/target/igdrom.jar bench/BootTimes.java IGDROM WORK CORPUS
///
/// The bare boot ends with the shell's banner on the serial port. All of `igdrom test` counts, including the start
/// of the JVM and the wait for the picture.
public final class BootTimes {
    private static final int PAIRS = 9;
    private static final int TIMEOUT_SECONDS = 300;
    private static final String BANNER = "UEFI Interactive Shell";

    private final String igdrom;
    private final Path work;
    private final Path corpus;
    private final Qemu qemu;
    private final Ovmf firmware;
    private final Budgets budgets = new Budgets();

    private BootTimes(String igdrom, Path work, Path corpus, Qemu qemu, Ovmf firmware) {
        this.igdrom = igdrom;
        this.work = work;
        this.corpus = corpus;
        this.qemu = qemu;
        this.firmware = firmware;
    }

    public static void main(String[] arguments) throws Exception {
        Tools tools = Tools.find(Environment.ofMachine());
        if (tools.qemu().isEmpty() || tools.ovmf().isEmpty()) {
            System.out.println(
                    "\ntest: no QEMU with vfio-user-pci (igdrom test --setup fetches one)");
            return;
        }
        BootTimes times =
                new BootTimes(
                        arguments[0],
                        Path.of(arguments[1]),
                        Path.of(arguments[2]),
                        tools.qemu().get(),
                        tools.ovmf().get());
        times.run();
        System.exit(times.budgets.exitCode());
    }

    private void run() throws Exception {
        compare("a ROM without a GOP", build("--device", "8086:3e92"), 1.7);
        Path gop = corpus.resolve("gop/mrcb_soc_intel_cml_IntelGopDriver.efi");
        Path vbt = corpus.resolve("vbt/clevo-cml-u-l140cu.vbt");
        if (!Files.exists(gop) || !Files.exists(vbt)) {
            System.out.println("\ntest: no GOP to boot with (IGDROM_CORPUS)");
            return;
        }
        Path rom =
                build(
                        "--device=8086:3e92",
                        "--machine=q35",
                        "--pch=8086:a308",
                        "--gop=" + gop,
                        "--vbt=" + vbt);
        compare("a ROM with a GOP", rom, 3);
    }

    private Path build(String... options) throws Exception {
        Path rom = work.resolve("boot.rom");
        List<String> command =
                new ArrayList<>(List.of(igdrom, "build", "--force", "-o", rom.toString()));
        command.addAll(List.of(options));
        timeOf(command);
        return rom;
    }

    private void compare(String name, Path rom, double maxRatio) throws Exception {
        List<String> test = List.of(igdrom, "test", rom.toString());
        timeOf(test);
        timeOfBareBoot();
        double[] ours = new double[PAIRS];
        double[] theirs = new double[PAIRS];
        double[] ratios = new double[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            ours[i] = timeOf(test);
            theirs[i] = timeOfBareBoot();
            ratios[i] = ours[i] / theirs[i];
        }
        System.out.printf(
                Locale.ROOT,
                "%n%-44s %8s%n%-44s %8.3f%n%-44s %8.3f%n",
                "median of " + PAIRS,
                "wall s",
                "igdrom test, " + name,
                Budgets.median(ours),
                "OVMF to its shell, QEMU " + qemu.version(),
                Budgets.median(theirs));
        budgets.check("wall", Budgets.median(ratios), maxRatio, "x");
    }

    private double timeOf(List<String> command) throws Exception {
        long started = System.nanoTime();
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(work.resolve("stderr").toFile())
                        .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(
                    "failed: " + command + "\n" + Files.readString(work.resolve("stderr")));
        }
        return (System.nanoTime() - started) / 1e9;
    }

    /// Boots the machine of `igdrom test` without its GPU.
    private double timeOfBareBoot() throws Exception {
        Path variables = work.resolve("variables.fd");
        Files.copy(firmware.vars(), variables, StandardCopyOption.REPLACE_EXISTING);
        List<String> arguments = new ArrayList<>();
        arguments.addAll(
                List.of("-nodefaults", "-no-user-config", "-display", "none", "-vga", "none"));
        arguments.addAll(
                List.of("-nic", "none", "-machine", "q35", "-m", "512", "-serial", "stdio"));
        arguments.addAll(
                List.of("-drive", "if=pflash,format=raw,readonly=on,file=" + firmware.code()));
        arguments.addAll(List.of("-drive", "if=pflash,format=raw,file=" + variables));
        long started = System.nanoTime();
        Process process =
                qemu.start(arguments).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                process.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(BANNER)) {
                    return (System.nanoTime() - started) / 1e9;
                }
            }
            throw new IOException("QEMU exited before the shell started");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
