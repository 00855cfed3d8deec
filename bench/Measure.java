import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;

/// Times whole processes, two commands in turn, and prints medians with their ratio and the target.
///
/// Started by ./measure; needs GNU time for processor time and memory, and leaves those out without.
public final class Measure {
    private static final int PAIRS = 11;
    private static final int FOLDER_PAIRS = 3;
    private static final int FOLDER_FILES = 30;
    /// What the README promises.
    private static final int MOST_MEMORY = 1300;

    private static final Path TIME = Path.of("/usr/bin/time");

    private record Run(double wall, double user, double system, double mebibytes) {}

    private record Target(String figure, double most, String unit) {}

    private final Path root;
    private final Path javaHome;
    private final Path image;
    private final Path work;
    private boolean met = true;

    /// What UEFIExtract leaves and does not overwrite.
    private final Path dump;

    /// What igdrom build makes. It is not there before a run: to replace a file that is, some file
    /// systems take the disk's time.
    private final Path rom;

    private Measure(String[] arguments) {
        root = Path.of(arguments[0]);
        javaHome = Path.of(arguments[1]);
        image = Path.of(arguments[2]);
        work = Path.of(arguments[3]);
        dump = work.resolve("copy.bin.dump");
        rom = work.resolve("igd.rom");
    }

    public static void main(String[] arguments) throws Exception {
        Measure measure = new Measure(arguments);
        measure.all();
        System.exit(measure.met ? 0 : 1);
    }

    private void all() throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%s, %d processors, Java %s, image of %d bytes%n",
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                Files.size(image));
        start();
        extract();
        build();
        folder();
        bombs();
    }

    private void start() throws Exception {
        Path source = work.resolve("Empty.java");
        Files.writeString(
                source, "class Empty { public static void main(String[] arguments) {} }\n");
        once(List.of(javaHome.resolve("bin/javac").toString(), "-d", work.toString(), source.toString()));
        compare(
                "igdrom --version",
                List.of(igdrom(), "--version"),
                "an empty Java program",
                List.of(javaHome.resolve("bin/java").toString(), "-cp", work.toString(), "Empty"),
                PAIRS,
                new Target("wall", 1.5, "x"));
    }

    private void extract() throws Exception {
        Path out = work.resolve("out");
        List<String> ours =
                List.of(igdrom(), "extract", "--gop", "--force", image.toString(), "-o", out.toString());
        String guid = fileGuid();
        if (!Files.isExecutable(Path.of("/usr/bin/UEFIExtract"))) {
            System.out.println("\nextract: no UEFIExtract to compare with (package uefitool-cli)");
            return;
        }
        Path copy = work.resolve("copy.bin");
        Files.copy(image, copy);
        compare(
                "igdrom extract --gop",
                ours,
                "UEFIExtract " + guid,
                List.of("UEFIExtract", copy.toString(), guid, "-m", "body"),
                PAIRS,
                new Target("wall", 1.0, "x"),
                new Target("memory", 60, "MiB more"));
    }

    /// From the image and from parts, against what has to be done in any case.
    private void build() throws Exception {
        Path out = work.resolve("gop");
        List<String> extract =
                List.of(igdrom(), "extract", "--gop", "--force", image.toString(), "-o", out.toString());
        once(extract);
        Path gop;
        try (Stream<Path> files = Files.list(out)) {
            gop = files.filter(file -> file.toString().endsWith("-x64.efi")).findFirst().orElseThrow();
        }
        List<String> common = List.of(igdrom(), "build", "--device", device(), "-o", rom.toString());
        List<String> fromImage = new ArrayList<>(common);
        fromImage.addAll(List.of("--firmware", image.toString(), "--allow", "gop-device,vbt-generation"));
        compare(
                "igdrom build --firmware",
                fromImage,
                "igdrom extract --gop",
                extract,
                PAIRS,
                new Target("wall", 1.3, "x"));
        List<String> fromParts = new ArrayList<>(common);
        fromParts.addAll(List.of("--gop", gop.toString(), "--allow", "gop-device"));
        compare(
                "igdrom build from parts",
                fromParts,
                "igdrom --version",
                List.of(igdrom(), "--version"),
                PAIRS,
                new Target("wall", 1.3, "x"));
    }

    /// A device that the first GOP in the image lists.
    private String device() throws Exception {
        return said("\"deviceIds\":[\"", 9);
    }

    /// The name of the file that the first GOP is in, from what igdrom says.
    private String fileGuid() throws Exception {
        return said("\"fileGuid\":\"", 36);
    }

    private String said(String key, int length) throws Exception {
        Process process =
                new ProcessBuilder(igdrom(), "inspect", "--json", image.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String json = new String(process.getInputStream().readAllBytes());
        int at = json.indexOf(key, json.indexOf("\"gop\":["));
        if (process.waitFor() != 0 || at < 0) {
            throw new IOException("igdrom finds no GOP in " + image);
        }
        return json.substring(at + key.length(), at + key.length() + length);
    }

    private void folder() throws Exception {
        Path folder = Files.createDirectories(work.resolve("folder"));
        StringBuilder each = new StringBuilder();
        for (int i = 0; i < FOLDER_FILES; i++) {
            Path copy = folder.resolve("image" + i + ".bin");
            Files.copy(image, copy);
            each.append(igdrom()).append(" inspect ").append(copy).append("; ");
        }
        compare(
                "igdrom inspect --recursive, " + FOLDER_FILES + " images",
                List.of(igdrom(), "inspect", "--recursive", folder.toString()),
                "one process each",
                List.of("/bin/sh", "-c", each.toString()),
                FOLDER_PAIRS,
                new Target("wall", 0.5, "x"));
    }

    /// Four streams of 510 MiB each, in as many of Dell's sections: more than is unpacked of one file.
    private void bombs() throws Exception {
        byte[] packed = packedZeros(510);
        ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putInt(packed.length).put((byte) 0xaa);
        header.put(HexFormat.of().parseHex("eeaa761becbb20f1e651"));
        Path bombs = work.resolve("bombs.bin");
        try (OutputStream out = Files.newOutputStream(bombs)) {
            for (int i = 0; i < 4; i++) {
                out.write(header.array());
                out.write(packed);
                out.write(new byte[64]);
            }
        }
        Run run = once(List.of(igdrom(), "inspect", bombs.toString()), 1);
        System.out.printf("%n%-44s %8s %8s %8s %8s%n", "memory of bombs", "wall s", "user s", "sys s", "MiB");
        print("igdrom inspect, 4 x 510 MiB of zlib", run);
        judge(run.mebibytes(), new Target("memory", MOST_MEMORY, "MiB"));
    }

    private static byte[] packedZeros(int mebibytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            for (int i = 0; i < mebibytes; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        return packed.toByteArray();
    }

    private String igdrom() {
        return root.resolve("igdrom").toString();
    }

    private void compare(
            String oneName,
            List<String> one,
            String otherName,
            List<String> other,
            int pairs,
            Target... targets)
            throws Exception {
        once(one);
        once(other);
        List<Run> ones = new ArrayList<>();
        List<Run> others = new ArrayList<>();
        double[] ratios = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            ones.add(once(one));
            others.add(once(other));
            ratios[i] = ones.get(i).wall() / others.get(i).wall();
        }
        Run a = median(ones);
        Run b = median(others);
        System.out.printf("%n%-44s %8s %8s %8s %8s%n", "median of " + pairs, "wall s", "user s", "sys s", "MiB");
        print(oneName, a);
        print(otherName, b);
        for (Target target : targets) {
            boolean wall = target.figure().equals("wall");
            judge(wall ? median(ratios) : a.mebibytes() - b.mebibytes(), target);
        }
    }

    private void judge(double found, Target target) {
        boolean good = Double.isNaN(found) || found <= target.most();
        met &= good;
        System.out.printf(
                Locale.ROOT,
                "  %s: %.2f %s, target at most %.2f: %s%n",
                target.figure(),
                found,
                target.unit(),
                target.most(),
                good ? "met" : "MISSED");
    }

    private static void print(String name, Run run) {
        System.out.printf(
                Locale.ROOT,
                "%-44s %8.3f %8.3f %8.3f %8.1f%n",
                name.length() > 44 ? name.substring(0, 44) : name,
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
        boolean known = Files.isExecutable(TIME);
        if (known) {
            timed.addAll(List.of(TIME.toString(), "-q", "-f", "%U %S %M", "-o", figures.toString()));
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
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("takes more than ten minutes: " + command);
        }
        double wall = (System.nanoTime() - started) / 1e9;
        if (process.exitValue() != code) {
            throw new IOException(
                    "exit code " + process.exitValue() + ": " + command + "\n" + Files.readString(work.resolve("stderr")));
        }
        if (!known) {
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
        try (Stream<Path> all = Files.walk(dump)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static Run median(List<Run> runs) {
        return new Run(
                median(runs.stream().mapToDouble(Run::wall).toArray()),
                median(runs.stream().mapToDouble(Run::user).toArray()),
                median(runs.stream().mapToDouble(Run::system).toArray()),
                median(runs.stream().mapToDouble(Run::mebibytes).toArray()));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
