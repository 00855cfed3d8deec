package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.FalseDriver.Guest;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.Driver;
import igdrom.driver.RomData;
import igdrom.formats.opregion.OpRegionHeader;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.PeImage;
import igdrom.rom.RomParts;
import igdrom.samples.SampleOpRegion;
import igdrom.virtualigd.IgdHost;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Whether the bench can be fooled: each false driver has to fail at the check that is meant to
/// catch it, and the real one passes in the same guests. The system property `igdrom.false` selects
/// those whose description contains it.
class FalseDriversTest {
    private static final int SECONDS = 900;
    private static final long MIB = 1 << 20;
    private static final int COVERING_MIB = 8192;

    /// Several guests at a time: each keeps one processor busy.
    private final ExecutorService pool =
            Executors.newFixedThreadPool(Math.min(Runtime.getRuntime().availableProcessors(), 4));

    @TempDir Path directory = Path.of("");

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    /// Also without a compiler and without QEMU.
    @Test
    void every_patch_applies_to_the_sources_of_the_driver() throws Exception {
        for (FalseDriver wanted : FalseDrivers.all()) {
            assertThat(FalseDriverBuild.patched(wanted)).as(wanted.fault()).isNotEmpty();
        }
        assertThat(FalseDrivers.all()).extracting(FalseDriver::fault).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicTest> false_drivers_fail_and_the_real_one_passes() throws Exception {
        assumeTrue(FalseDriverBuild.isPossible(), "the driver's compiler is not unpacked");
        FalseDriverBuild build = FalseDriverBuild.in(directory);
        List<DynamicTest> tests = new ArrayList<>();
        String selected = System.getProperty("igdrom.false", "");
        List<FalseDriver> drivers =
                FalseDrivers.all().stream().filter(one -> one.fault().contains(selected)).toList();
        for (Guest guest : Guest.values()) {
            if (drivers.stream().noneMatch(one -> one.guest() == guest)) {
                continue;
            }
            Future<Outcome> run = pool.submit(() -> run(guest, build.original()));
            tests.add(
                    DynamicTest.dynamicTest(
                            "the real driver passes, " + guest,
                            () -> assertThat(BenchTest.failed(of(run))).isEmpty()));
        }
        int number = 0;
        for (FalseDriver wanted : drivers) {
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
        assertThat(failed)
                .as(outcome.verdict().checks().toString())
                .contains(check)
                .doesNotContain("boot");
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
        RomContents plain = rom(0x9bc5, driver, Image.EMPTY, false, Optional.empty());
        return switch (guest) {
            case PLAIN -> Roms.machine(plain);
            case REBOOT -> Roms.machine(plain).toBuilder().reboot().build();
            case GOP -> Roms.machine(withGop(driver, Image.EMPTY));
            case POLICY_VBT ->
                    Roms.machine(
                            rom(
                                    0x9bc5,
                                    driver,
                                    embedded("ROM").withPolicyVbt(SampleOpRegion.vbt("GOP")),
                                    Optional.empty()));
            case UNKNOWN ->
                    Roms.machine(
                            rom(
                                    0x9bc5,
                                    driver,
                                    embedded("ROM").withTreatAs(0xffff),
                                    Optional.empty()));
            case WITHOUT_BDSM -> Roms.machine(plain).toBuilder().withoutBdsm().build();
            case METEOR_LAKE ->
                    Roms.machine(rom(0x7d55, driver, Image.EMPTY, false, Optional.empty()));
            case ALL_MAILBOXES -> {
                Image all =
                        new Emitter()
                                .image(Roms.opRegion("HOST"))
                                .patch(OpRegionHeader.MAILBOXES_OFFSET, Image.ofHex("1f"))
                                .toImage();
                yield Roms.machine(plain).toBuilder().files(all, 64 * MIB, 0).build();
            }
            case SMALL_SIZE ->
                    Roms.machine(plain).toBuilder()
                            .files(Roms.opRegion("HOST"), 32 * MIB, 0)
                            .build();
            case OLD_OPREGION ->
                    Roms.machine(request(plain, true, false)).toBuilder()
                            .preset(Roms.opRegion("OLD"))
                            .files(Roms.opRegion("HOST"), 64 * MIB, 0)
                            .build();
            case PRESET_STOLEN ->
                    Roms.machine(request(plain, false, true)).toBuilder()
                            .files(Roms.opRegion("HOST"), 64 * MIB, 0)
                            .build();
            case LOCKED -> raw(embedding(driver, false), IgdHost.Registers.LOCKED);
            case LOCKED_COVERING ->
                    raw(embedding(driver, false), IgdHost.Registers.LOCKED).toBuilder()
                            .memory(COVERING_MIB)
                            .build();
            case UNLOCKED -> raw(embedding(driver, false), IgdHost.Registers.UNLOCKED);
            case LOCKED_GOP -> raw(withGop(driver, Roms.opRegion("ROM")), IgdHost.Registers.LOCKED);
            case ASLS_ALWAYS -> raw(embedding(driver, true), IgdHost.Registers.LOCKED);
            case VIRTUAL_FUNCTION ->
                    raw(
                            rom(0x46a6, driver, Roms.opRegion("ROM"), true, Optional.empty()),
                            IgdHost.Registers.ABSENT);
            case DISPLAY_STATE -> displayState(driver);
        };
    }

    private static TestRequest request(RomContents rom, boolean asls, boolean bdsm) {
        return new TestRequest(
                rom,
                Optional.empty(),
                Optional.of(MachineType.Q35),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                asls,
                bdsm,
                Optional.empty(),
                /* reboot= */ false,
                TestRequest.Host.EMULATED);
    }

    private static TestMachine raw(RomContents rom, IgdHost.Registers registers) {
        TestRequest.Host host = new TestRequest.Host(registers, false, Optional.empty());
        return Roms.machine(TestRequest.of(rom).withHost(host));
    }

    private static TestMachine displayState(Driver driver) {
        RomData data = Roms.embedding(Image.EMPTY, false, 0).withClearsDisplayState(true);
        RomContents rom = rom(0x9bc5, driver, data, Optional.empty());
        TestRequest.Host host =
                new TestRequest.Host(
                        IgdHost.Registers.EMULATED, /* dirty= */ true, Optional.empty());
        return Roms.machine(TestRequest.of(rom).withFwCfg(true).withHost(host));
    }

    private static RomData embedded(String name) {
        return Roms.embedding(Roms.opRegion(name), false, 0);
    }

    private static RomContents embedding(Driver driver, boolean aslsAlways) {
        return rom(0x9bc5, driver, Roms.opRegion("ROM"), aslsAlways, Optional.empty());
    }

    private static RomContents withGop(Driver driver, Image opRegion) throws Exception {
        return rom(0x46a6, driver, opRegion, false, Optional.of(EditedGopTest.alderLake()));
    }

    private static RomContents rom(
            int device, Driver driver, Image opRegion, boolean aslsAlways, Optional<Image> gop) {
        RomData data = Roms.embedding(opRegion, false, 0).withAslsAlways(aslsAlways);
        return rom(device, driver, data, gop);
    }

    private static RomContents rom(int device, Driver driver, RomData data, Optional<Image> gop) {
        Location location = Location.root("igd.rom");
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
