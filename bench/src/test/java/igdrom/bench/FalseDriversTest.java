package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.FalseDriver.Guest;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.Driver;
import igdrom.driver.RomData;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.PeImage;
import igdrom.rom.RomParts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Whether the bench can be fooled: each false driver has to fail at the check that is meant to
/// catch it, and the real one passes in the same guests.
class FalseDriversTest {
    private static final int SECONDS = 900;

    /// Several guests at a time: each keeps one processor busy.
    private final ExecutorService pool =
            Executors.newFixedThreadPool(Math.min(Runtime.getRuntime().availableProcessors(), 4));

    @TempDir Path directory = Path.of("");

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> false_drivers_fail_and_the_real_one_passes() throws Exception {
        assumeTrue(FalseDriverBuild.isPossible(), "the driver's compiler is not unpacked");
        FalseDriverBuild build = FalseDriverBuild.in(directory);
        List<DynamicTest> tests = new ArrayList<>();
        for (Guest guest : Guest.values()) {
            Future<Outcome> run = pool.submit(() -> run(guest, build.original()));
            tests.add(
                    DynamicTest.dynamicTest(
                            "the real driver passes, " + guest,
                            () -> assertThat(BenchTest.failed(of(run))).isEmpty()));
        }
        int number = 0;
        for (FalseDriver wanted : FalseDrivers.all()) {
            int own = number++;
            Callable<Outcome> task = () -> run(wanted.guest(), build.build(wanted, own));
            Future<Outcome> run = pool.submit(task);
            tests.add(
                    DynamicTest.dynamicTest(
                            wanted.fault() + " fails at " + wanted.check(),
                            () -> assertFails(of(run), wanted.check())));
        }
        return tests.stream();
    }

    /// The guest has to come up: a driver that stops it is caught by anyone.
    private static void assertFails(Outcome outcome, String check) {
        List<String> failed =
                outcome.verdict().checks().stream()
                        .filter(one -> !one.ok())
                        .map(Check::id)
                        .toList();
        assertThat(failed).contains(check).doesNotContain("boot");
    }

    private static Outcome of(Future<Outcome> run) throws Exception {
        try {
            return run.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            // A skipped test among them.
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private Outcome run(Guest guest, Driver driver) throws Exception {
        TestMachine machine = machine(guest, driver);
        return Bench.run(machine, Emulators.any(), SECONDS, Scratch.createIn(directory));
    }

    private static TestMachine machine(Guest guest, Driver driver) throws Exception {
        return switch (guest) {
            case PLAIN -> Roms.machine(rom(0x9bc5, driver, Optional.empty()));
            case GOP -> Roms.machine(rom(0x46a6, driver, Optional.of(EditedGopTest.alderLake())));
            case METEOR_LAKE -> Roms.machine(rom(0x7d55, driver, Optional.empty()));
        };
    }

    private static RomContents rom(int device, Driver driver, Optional<Image> gop) {
        Location location = Location.root("igd.rom");
        RomData data = Roms.embedding(Image.EMPTY, false, 0);

        RomParts parts =
                new RomParts(
                        PciId.intel(device),
                        RomBuilder.VGA,
                        List.of(),
                        driver.with(data),
                        gop.map(program -> PeImage.read(program, location, new Diagnostics())),
                        /* compressed= */ false);
        return RomContents.read(parts.image(), location);
    }
}
