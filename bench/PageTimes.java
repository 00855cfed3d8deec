import igdrom.bytes.Image;
import igdrom.firmware.ArtifactFilter;
import igdrom.report.Answers;
import igdrom.web.browser.Chromium;
import igdrom.web.browser.Tab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Times how the page reads an image in Chromium, against the command line's code in a warm JVM,
/// and checks the size of the page.
///
/// Run by ./measure, after `mvn package`. Arguments: the page, an image of about 8 MiB.
public final class PageTimes {
    private static final double MAX_RATIO = 2.5;
    private static final double MAX_KILOBYTES = 900;

    /// The first runs warm both compilers up.
    private static final int RUNS = 9;

    private static final int COUNTED = 5;

    private PageTimes() {}

    public static void main(String[] arguments) throws Exception {
        Path page = Path.of(arguments[0]);
        Path file = Path.of(arguments[1]);
        Budgets budgets = new Budgets();
        System.out.printf("%nthe page for the browser%n");
        budgets.check("size", Files.size(page) / 1000.0, MAX_KILOBYTES, "kB");
        Optional<Path> program = Chromium.program();
        if (program.isEmpty()) {
            System.out.println("  no chromium here: its speed is not measured");
            System.exit(budgets.exitCode());
        }
        double inPage = inPage(program.get(), page, file);
        double inJvm = inJvm(file);
        System.out.printf("  inspect: %.0f ms in the page, %.0f ms in the JVM%n", inPage, inJvm);
        budgets.check("ratio", inPage / inJvm, MAX_RATIO, "x");
        System.exit(budgets.exitCode());
    }

    private static double inPage(Path program, Path page, Path file) throws Exception {
        try (Chromium browser = Chromium.start(program);
                Tab tab = browser.tab()) {
            tab.open(page);
            tab.choose("#open", List.of(file));
            tab.await("igdrom.opened.length === 1 && igdrom.opened[0].done");
            String times =
                    tab.evaluate(
                            """
                            (async () => {
                              const file = igdrom.opened[0];
                              const request = {do: 'open', file: file.name};
                              const replies = await igdrom.run(
                                [{name: file.name, bytes: file.bytes}],
                                Array(%d).fill(request), () => {}).done;
                              return replies.map(one => one.reply.milliseconds).join();
                            })()
                            """
                                    .formatted(RUNS));
            double[] all =
                    Arrays.stream(times.split(",")).mapToDouble(Double::parseDouble).toArray();
            return Budgets.median(Arrays.copyOfRange(all, RUNS - COUNTED, RUNS));
        }
    }

    private static double inJvm(Path file) throws Exception {
        Image image = Image.load(file);
        double[] all = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            long started = System.nanoTime();
            Answers.image("x", image, null, ArtifactFilter.EVERYTHING).withSha256(image.sha256());
            all[run] = (System.nanoTime() - started) / 1e6;
        }
        return Budgets.median(Arrays.copyOfRange(all, RUNS - COUNTED, RUNS));
    }
}
