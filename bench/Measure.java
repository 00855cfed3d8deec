import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;

/// Times pairs of commands as whole processes, and prints medians with their ratio and its budget.
///
/// Run by ./measure. Processor time and memory need GNU time, and are left out without it.
public final class Measure {
    private static final int PAIRS = 11;
    private static final int DIRECTORY_PAIRS = 3;
    private static final int DIRECTORY_FILES = 30;
    private static final int NAME_WIDTH = 44;
    private static final int TIMEOUT_MINUTES = 10;

    private static final double MAX_VERSION_RATIO = 2.0;
    private static final double MAX_DOCTOR_RATIO = 3.0;
    private static final double MAX_BUILD_RATIO = 2.0;
    private static final double MAX_EXTRACT_WALL_RATIO = 1.0;
    private static final double MAX_EXTRACT_PROCESSOR_RATIO = 1.6;
    private static final double MAX_DIRECTORY_RATIO = 0.45;
    private static final double MAX_BOMBS_MIB = 1300;
    private static final double MAX_INSTALLED_RATIO = 1.0;
    private static final double MAX_PACKAGE_MB = 45;

    /// A host that can hand over its IGD, so that doctor ends with 0.
    private static final String RECORDED_HOST =
            "host/src/test/resources/igdrom/host/text/machines/dell-latitude-5420-tgl";

    private static final Path TIME = Path.of("/usr/bin/time");

    /// One run of a command: seconds, and the peak of its memory.
    private record Run(double wall, double user, double system, double mebibytes) {
        double processor() {
            return user + system;
        }
    }

    private record Command(String name, List<String> words) {}

    /// The medians of the ratios of all pairs.
    private record Ratios(double wall, double processor) {}

    private final Path root;
    private final Path javaHome;
    private final Path image;
    private final Path work;

    /// The Debian package and the directory into which it was unpacked; null without a package.
    private final Path debianPackage;

    private final Path installed;
    private final Budgets budgets = new Budgets();

    /// The output of UEFIExtract, which it does not overwrite.
    private final Path dump;

    /// The output of igdrom build, deleted before each run: on some file systems replacing a file
    /// waits for the disk.
    private final Path rom;

    private Measure(String[] arguments) {
        root = Path.of(arguments[0]);
        javaHome = Path.of(arguments[1]);
        image = Path.of(arguments[2]);
        work = Path.of(arguments[3]);
        debianPackage = arguments.length > 4 ? Path.of(arguments[4]) : null;
        installed = arguments.length > 4 ? Path.of(arguments[5]) : null;
        dump = work.resolve("copy.bin.dump");
        rom = work.resolve("igd.rom");
    }

    public static void main(String[] arguments) throws Exception {
        Measure measure = new Measure(arguments);
        measure.run();
        System.exit(measure.budgets.exitCode());
    }

    private void run() throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%s, %d processors, Java %s, image of %d bytes%n",
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                Files.size(image));
        measureStart();
        measureDoctor();
        measurePackage();
        measureExtract();
        measureBuild();
        measureDirectory();
        measureBombs();
    }

    private void measureStart() throws Exception {
        Path source = work.resolve("Empty.java");
        Files.writeString(
                source, "class Empty { public static void main(String[] arguments) {} }\n");
        once(List.of(java("javac"), "-d", work.toString(), source.toString()));
        Ratios ratios =
                compare(
                        version(),
                        new Command(
                                "an empty Java program",
                                List.of(java("java"), "-cp", work.toString(), "Empty")),
                        PAIRS);
        budgets.check("wall", ratios.wall(), MAX_VERSION_RATIO, "x");
    }

    private void measureDoctor() throws Exception {
        Path host = root.resolve(RECORDED_HOST);
        Ratios ratios =
                compare(
                        new Command(
                                "igdrom doctor on a recorded host",
                                List.of(igdrom(), "doctor", "--from", host.toString())),
                        version(),
                        PAIRS);
        budgets.check("wall", ratios.wall(), MAX_DOCTOR_RATIO, "x");
    }

    private void measurePackage() throws Exception {
        if (debianPackage == null) {
            System.out.println("\ninstalled command: no package to measure (./package makes it)");
            return;
        }
        Ratios ratios =
                compare(
                        new Command(
                                "installed igdrom --version",
                                List.of(
                                        installed.resolve("usr/bin/igdrom").toString(),
                                        "--version")),
                        version(),
                        PAIRS);
        budgets.check("wall", ratios.wall(), MAX_INSTALLED_RATIO, "x");
        budgets.check("Debian package", Files.size(debianPackage) / 1e6, MAX_PACKAGE_MB, "MB");
    }

    private void measureExtract() throws Exception {
        String guid = fileGuid();
        if (!Files.isExecutable(Path.of("/usr/bin/UEFIExtract"))) {
            System.out.println("\nextract: no UEFIExtract to compare with (package uefitool-cli)");
            return;
        }
        Path copy = work.resolve("copy.bin");
        Files.copy(image, copy);
        Ratios ratios =
                compare(
                        extract(work.resolve("out")),
                        new Command(
                                "UEFIExtract " + guid,
                                List.of("UEFIExtract", copy.toString(), guid, "-m", "body")),
                        PAIRS);
        budgets.check("wall", ratios.wall(), MAX_EXTRACT_WALL_RATIO, "x");
        budgets.check("processor", ratios.processor(), MAX_EXTRACT_PROCESSOR_RATIO, "x");
    }

    private void measureBuild() throws Exception {
        Path out = work.resolve("gop");
        once(extract(out).words());
        Path gop;
        try (Stream<Path> files = Files.list(out)) {
            gop =
                    files.filter(file -> file.toString().endsWith("-x64.efi"))
                            .findFirst()
                            .orElseThrow();
        }
        Ratios ratios =
                compare(
                        new Command(
                                "igdrom build from parts",
                                List.of(
                                        igdrom(),
                                        "build",
                                        "--device",
                                        device(),
                                        "--gop",
                                        gop.toString(),
                                        "--allow",
                                        "gop-device",
                                        "-o",
                                        rom.toString())),
                        version(),
                        PAIRS);
        budgets.check("wall", ratios.wall(), MAX_BUILD_RATIO, "x");
    }

    private Command version() {
        return new Command("igdrom --version", List.of(igdrom(), "--version"));
    }

    private Command extract(Path out) {
        return new Command(
                "igdrom extract --gop",
                List.of(
                        igdrom(),
                        "extract",
                        "--gop",
                        "--force",
                        image.toString(),
                        "-o",
                        out.toString()));
    }

    /// A device that the first GOP in the image supports.
    private String device() throws Exception {
        return valueOfFirstGop("\"deviceIds\":[\"", 9);
    }

    /// The GUID of the firmware file that holds the first GOP.
    private String fileGuid() throws Exception {
        return valueOfFirstGop("\"fileGuid\":\"", 36);
    }

    /// A value in the JSON of the first GOP: the `length` characters after `key`.
    private String valueOfFirstGop(String key, int length) throws Exception {
        Process process =
                new ProcessBuilder(igdrom(), "inspect", "--json", image.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String json = new String(process.getInputStream().readAllBytes());
        int start = json.indexOf(key, json.indexOf("\"gops\":["));
        if (process.waitFor() != 0 || start < 0) {
            throw new IOException("no GOP found in " + image);
        }
        return json.substring(start + key.length(), start + key.length() + length);
    }

    private void measureDirectory() throws Exception {
        Path directory = Files.createDirectories(work.resolve("directory"));
        StringBuilder each = new StringBuilder();
        for (int i = 0; i < DIRECTORY_FILES; i++) {
            Path copy = directory.resolve("image" + i + ".bin");
            Files.copy(image, copy);
            each.append(igdrom()).append(" inspect ").append(copy).append("; ");
        }
        Ratios ratios =
                compare(
                        new Command(
                                "igdrom inspect -r, " + DIRECTORY_FILES + " images",
                                List.of(igdrom(), "inspect", "-r", directory.toString())),
                        new Command("one process each", List.of("/bin/sh", "-c", each.toString())),
                        DIRECTORY_PAIRS);
        budgets.check("wall", ratios.wall(), MAX_DIRECTORY_RATIO, "x");
    }

    /// Four streams of 510 MiB each in sections of a Dell update package: more than igdrom
    /// decompresses of one file.
    private void measureBombs() throws Exception {
        byte[] compressed = compressedZeros(510);
        ByteBuffer header =
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(compressed.length)
                        .put((byte) 0xaa)
                        .put(HexFormat.of().parseHex("eeaa761becbb20f1e651"));
        Path bombs = work.resolve("bombs.bin");
        try (OutputStream out = Files.newOutputStream(bombs)) {
            for (int i = 0; i < 4; i++) {
                out.write(header.array());
                out.write(compressed);
                out.write(new byte[64]);
            }
        }
        Run run = once(List.of(igdrom(), "inspect", bombs.toString()), 1);
        printHeading("decompression bombs");
        print("igdrom inspect, 4 x 510 MiB of zlib", run);
        budgets.check("memory", run.mebibytes(), MAX_BOMBS_MIB, "MiB");
    }

    private static byte[] compressedZeros(int mebibytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            for (int i = 0; i < mebibytes; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        return bytes.toByteArray();
    }

    private String igdrom() {
        return root.resolve("igdrom").toString();
    }

    private String java(String tool) {
        return javaHome.resolve("bin").resolve(tool).toString();
    }

    /// Runs two commands in turn, after one run of each to warm the caches of the machine.
    private Ratios compare(Command ours, Command theirs, int pairs) throws Exception {
        once(ours.words());
        once(theirs.words());
        List<Run> first = new ArrayList<>();
        List<Run> second = new ArrayList<>();
        double[] wall = new double[pairs];
        double[] processor = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            Run a = once(ours.words());
            Run b = once(theirs.words());
            first.add(a);
            second.add(b);
            wall[i] = a.wall() / b.wall();
            processor[i] = a.processor() / b.processor();
        }
        printHeading("median of " + pairs);
        print(ours.name(), median(first));
        print(theirs.name(), median(second));
        return new Ratios(Budgets.median(wall), Budgets.median(processor));
    }

    private static void printHeading(String name) {
        System.out.printf("%n%-44s %8s %8s %8s %8s%n", name, "wall s", "user s", "sys s", "MiB");
    }

    private static void print(String name, Run run) {
        System.out.printf(
                Locale.ROOT,
                "%-44s %8.3f %8.3f %8.3f %8.1f%n",
                name.substring(0, Math.min(name.length(), NAME_WIDTH)),
                run.wall(),
                run.user(),
                run.system(),
                run.mebibytes());
    }

    private Run once(List<String> command) throws Exception {
        return once(command, 0);
    }

    private Run once(List<String> command, int code) throws Exception {
        List<String> timed = new ArrayList<>();
        Path figures = work.resolve("figures");
        boolean hasTime = Files.isExecutable(TIME);
        if (hasTime) {
            timed.addAll(
                    List.of(TIME.toString(), "-q", "-f", "%U %S %M", "-o", figures.toString()));
        }
        timed.addAll(command);
        deleteDump();
        Files.deleteIfExists(rom);
        long started = System.nanoTime();
        Process process =
                new ProcessBuilder(timed)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(work.resolve("stderr").toFile())
                        .start();
        if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("took more than " + TIMEOUT_MINUTES + " minutes: " + command);
        }
        double wall = (System.nanoTime() - started) / 1e9;
        if (process.exitValue() != code) {
            throw new IOException(
                    "exit code %d: %s\n%s"
                            .formatted(
                                    process.exitValue(),
                                    command,
                                    Files.readString(work.resolve("stderr"))));
        }
        if (!hasTime) {
            return new Run(wall, Double.NaN, Double.NaN, Double.NaN);
        }
        String[] words = Files.readString(figures).strip().split(" ");
        return new Run(
                wall,
                Double.parseDouble(words[0]),
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]) / 1024);
    }

    private void deleteDump() throws IOException {
        if (!Files.isDirectory(dump)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(dump)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static Run median(List<Run> runs) {
        return new Run(
                Budgets.median(runs.stream().mapToDouble(Run::wall).toArray()),
                Budgets.median(runs.stream().mapToDouble(Run::user).toArray()),
                Budgets.median(runs.stream().mapToDouble(Run::system).toArray()),
                Budgets.median(runs.stream().mapToDouble(Run::mebibytes).toArray()));
    }
}
