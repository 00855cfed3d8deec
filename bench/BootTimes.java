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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Times `igdrom test` against what it cannot do without: stock OVMF that comes up to its shell, on the same QEMU.
///
///     java -cp cli/target/igdrom.jar bench/BootTimes.java IGDROM WORK CORPUS
///
/// Whole processes in alternating pairs, medians of their ratios. Of the bare boot what counts ends with the shell's
/// banner on the serial port; of `igdrom test` all counts, the start of the JVM and the picture too.
public final class BootTimes {
    private static final int PAIRS = 5;
    private static final int SECONDS = 300;
    private static final String BANNER = "UEFI Interactive Shell";

    private final String igdrom;
    private final Path work;
    private final Path corpus;
    private final Qemu qemu;
    private final Ovmf firmware;
    private boolean met = true;

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
            System.out.println("\ntest: no QEMU that has vfio-user-pci (igdrom test --setup fetches one)");
            return;
        }
        BootTimes times =
                new BootTimes(
                        arguments[0],
                        Path.of(arguments[1]),
                        Path.of(arguments[2]),
                        tools.qemu().get(),
                        tools.ovmf().get());
        times.all();
        System.exit(times.met ? 0 : 1);
    }

    private void all() throws Exception {
        compare("a ROM without a GOP", build("--device", "8086:3e92"), 2);
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
        compare("a ROM with a GOP", rom, 4);
    }

    private Path build(String... options) throws Exception {
        Path rom = work.resolve("boot.rom");
        List<String> command = new ArrayList<>(List.of(igdrom, "build", "--force", "-o", rom.toString()));
        command.addAll(List.of(options));
        tested(command);
        return rom;
    }

    private void compare(String name, Path rom, double most) throws Exception {
        List<String> test = List.of(igdrom, "test", rom.toString());
        tested(test);
        bare();
        double[] ours = new double[PAIRS];
        double[] theirs = new double[PAIRS];
        double[] ratios = new double[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            ours[i] = tested(test);
            theirs[i] = bare();
            ratios[i] = ours[i] / theirs[i];
        }
        double ratio = median(ratios);
        boolean good = ratio <= most;
        met &= good;
        System.out.printf(
                Locale.ROOT,
                "%n%-44s %8s%n%-44s %8.3f%n%-44s %8.3f%n  wall: %.2f x, target at most %.2f: %s%n",
                "median of " + PAIRS,
                "wall s",
                "igdrom test, " + name,
                median(ours),
                "OVMF to its shell, " + qemu.version(),
                median(theirs),
                ratio,
                most,
                good ? "met" : "MISSED");
    }

    private double tested(List<String> command) throws Exception {
        long started = System.nanoTime();
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(work.resolve("stderr").toFile())
                        .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("failed: " + command + "\n" + Files.readString(work.resolve("stderr")));
        }
        return (System.nanoTime() - started) / 1e9;
    }

    /// The machine of `igdrom test` without the GPU.
    private double bare() throws Exception {
        Path variables = work.resolve("variables.fd");
        Files.copy(firmware.vars(), variables, StandardCopyOption.REPLACE_EXISTING);
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none", "-vga", "none"));
        arguments.addAll(List.of("-nic", "none", "-machine", "q35", "-m", "512", "-serial", "stdio"));
        arguments.addAll(List.of("-drive", "if=pflash,format=raw,readonly=on,file=" + firmware.code()));
        arguments.addAll(List.of("-drive", "if=pflash,format=raw,file=" + variables));
        long started = System.nanoTime();
        Process process =
                qemu.start(arguments).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(BANNER)) {
                    return (System.nanoTime() - started) / 1e9;
                }
            }
            throw new IOException("QEMU ended before the shell came");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
