package igdrom.bench.judge;

import igdrom.bench.judge.Expectation.OpRegion;
import igdrom.bench.witness.MemoryMap;
import igdrom.bench.witness.PciAddress;
import igdrom.bench.witness.Witness;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.driver.DriverReport;
import igdrom.driver.DriverReport.Entry;
import igdrom.driver.RomData;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.knowledge.Knowledge;
import igdrom.virtualigd.Activity;
import igdrom.virtualigd.VirtualIgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// An invented guest in which everything is right, until a test changes something.
final class Guest {
    static final PciAddress IGD = PciAddress.of(2, 0);
    static final PciId ID = PciId.intel(0x46a6);
    static final long ASLS = 0x1f7e_6000;
    static final long BDSM = 0x17b0_0000;
    static final long SIZE = 64 << 20;
    static final long GOP = 0x1e00_0000;
    static final long POLICY_VBT = 0x1e80_0000;
    static final Image VBT = vbt();
    private static final Image REGION = region();

    // What is expected.
    PciId id = ID;
    @Nullable OpRegion opRegion = new OpRegion(REGION, VBT, "etc/igd-opregion", 0);
    Expectation.@Nullable Stolen stolen = new Expectation.Stolen(SIZE, "GGC", 0, "", false);
    boolean igdromDriver = true;
    RomData.Policy answers = RomData.NONE.withLid(RomData.Lid.OPEN).policy();
    boolean clearsDisplayState;
    boolean secondary;
    boolean gop = true;
    String damage = "";
    boolean vbtMadeUp;
    int looks = 1;

    // What is observed.
    long asls = ASLS;
    long aslsInGuest = ASLS;
    long bdsm = BDSM;
    long bdsmInGuest = BDSM;
    long mirror = BDSM;
    int opRegionType = MemoryMap.ACPI_NVS;
    int stolenType = MemoryMap.RESERVED;
    Image memory = REGION;
    Observations.Stolen contents = new Observations.Stolen.Zeros();
    int images = 2;
    boolean policy = true;
    long vbtStatus;
    Image vbt = VBT;
    long vbtSize = -1;
    int policyType = 4;
    long revision = 1;
    long lid = 1;
    long lidStatus;
    long dockStatus = 0x8000_0000_0000_0003L;
    boolean started = true;
    int modes = 5;
    int colours = 4;
    List<Long> pages = List.of(BDSM, BDSM + SIZE - 4096);
    String notMemory = "";
    List<Activity.Entry> writes = writes();
    Observations.DisplayState display =
            new Observations.DisplayState(16384, List.of("DBUF_CTL_S0"));
    List<Entry> report = report();
    Image variable = Image.EMPTY;
    long variableStatus;
    long lost;
    boolean cameUp = true;
    boolean cameUpAgain = true;
    boolean exits = true;
    UnaryOperator<Observations.Look> atExit = Guest::unchanged;

    private static Image vbt() {
        Emitter out = new Emitter();
        new VbtBuilder("MADE UP", 228)
                .device(4, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .build()
                .write(out);
        return out.toImage();
    }

    static Image region() {
        Emitter out = new Emitter();
        OpRegionBuilder.around(VBT).write(out);
        return out.toImage();
    }

    /// Those of the firmware and of a good driver, in the order of a real guest.
    private static List<Activity.Entry> writes() {
        List<Activity.Entry> writes = new ArrayList<>();
        writes.add(config(0x04, 2, 0x27));
        writes.add(config(0x3c, 1, 0xff));
        writes.add(config(0xc0, 8, BDSM));
        writes.add(config(0xfc, 4, ASLS));
        writes.add(config(0x3c, 1, 0x0b));
        writes.add(config(0x04, 2, 0x07));
        return writes;
    }

    static Activity.Entry config(long offset, int size, long value) {
        return new Activity.Entry(VirtualIgd.CONFIG, offset, size, true, value);
    }

    private static List<Entry> report() {
        List<Entry> entries = new ArrayList<>();
        entries.add(entry("DRIVER", "FOUND", 1, 1));
        entries.add(entry("DEVICE", "FOUND", 0x0300_0000_46a6_8086L, 0x10));
        entries.add(entry("GENERATION", "FOUND", 0x50_2d4c_4441L, 1200));
        entries.add(entry("OPREGION", "STALE", 0x1234_5000, 0));
        entries.add(entry("OPREGION", "FROM_FW_CFG", ASLS, REGION.size()));
        entries.add(entry("OPREGION", "REPAIRED", 0x2000, 1));
        entries.add(entry("STOLEN_SIZE", "FROM_DEVICE", SIZE, 0x2c0));
        entries.add(entry("STOLEN", "PLACED", BDSM, SIZE));
        entries.add(entry("VBT", "FOUND", 0x400, VBT.size()));
        entries.add(entry("GOP_POLICY", "DONE", POLICY_VBT, VBT.size()));
        entries.add(entry("POLICY_ASKED", "DONE", GOP + 0x123, 1));
        entries.add(entry("POLICY_ASKED", "DONE", GOP + 0x456, 2));
        return entries;
    }

    static Entry entry(String step, String outcome, long value, long detail) {
        return Entry.of(step, outcome, value, detail);
    }

    /// The check of the memory that the ROM keeps from the operating system.
    Verdict memoryVerdict(OptionalLong baseline) {
        List<Verdict.Check> checks = new ArrayList<>();
        List<String> notProved = new ArrayList<>();
        MemoryJudge.judge(expectation(), observations(), baseline, checks, notProved);
        return new Verdict(checks, notProved);
    }

    Verdict verdict() {
        return Judge.verdict(expectation(), observations());
    }

    Expectation expectation() {
        return new Expectation(
                List.of(
                        new Expectation.Gpu(
                                IGD,
                                id,
                                Knowledge.platformOf(id).orElse(null),
                                secondary,
                                opRegion,
                                stolen)),
                gop ? 2 : 1,
                igdromDriver ? new Expectation.Driver(answers, clearsDisplayState) : null,
                gop,
                damage,
                vbtMadeUp,
                looks,
                /* wholeHost= */ false);
    }

    Observations observations() {
        List<Observations.Look> seen = new ArrayList<>();
        if (cameUp) {
            seen.add(look());
        }
        if (looks > 1 && cameUpAgain) {
            seen.add(look());
        }
        return new Observations(
                seen,
                colours == 0 ? null : new Observations.Picture(800, 600, colours, pages),
                "QEMU ended with code 1: no such machine",
                "");
    }

    private Observations.Look look() {
        Optional<Image> there = memory.isEmpty() ? Optional.empty() : Optional.of(memory);
        Observations.Look first =
                new Observations.Look(
                        witness(),
                        List.of(
                                new Observations.Gpu(
                                        asls, bdsm, there, contents, notMemory, writes, display)),
                        vbt.isEmpty() ? Optional.empty() : Optional.of(vbt),
                        null);
        return exits ? first.with(atExit.apply(first)) : first;
    }

    /// What an operating system finds, if nothing changes at ExitBootServices.
    static Observations.Look unchanged(Observations.Look first) {
        return new Observations.Look(
                first.witness().withExit(0), first.gpus(), Optional.empty(), null);
    }

    private Witness witness() {
        Image config =
                new Emitter()
                        .fillTo(0xc0, 0)
                        .u64(bdsmInGuest)
                        .fillTo(0xfc, 0)
                        .u32(aslsInGuest)
                        .toImage();
        List<Witness.StartedImage> started = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            started.add(new Witness.StartedImage(IGD, 3, GOP, 0x1000, Image.EMPTY));
        }
        Image left = variable.isEmpty() ? new DriverReport(report, 0).image() : variable;
        return new Witness(
                new Witness.Firmware("EDK II", 1),
                new MemoryMap(
                        List.of(
                                new MemoryMap.Range(stolenType, BDSM, SIZE / 4096, 8),
                                new MemoryMap.Range(policyType, POLICY_VBT, 1, 0),
                                new MemoryMap.Range(opRegionType, ASLS, 2, 8))),
                List.of(new Witness.PciFunction(IGD, config)),
                List.of(new Witness.Mirror(IGD, 0, 0, mirror)),
                graphics(),
                started,
                new Witness.Variable(variableStatus, 6, left),
                policy
                        ? List.of(
                                new Witness.GopPolicy(
                                        revision,
                                        lid,
                                        lidStatus,
                                        dockStatus,
                                        vbtStatus,
                                        POLICY_VBT,
                                        vbtSize < 0 ? vbt.size() : vbtSize))
                        : List.of(),
                0,
                lost);
    }

    private List<Witness.Graphics> graphics() {
        return started
                ? List.of(
                        new Witness.Graphics(
                                Optional.of(IGD), 2, modes, 800, 600, 1, 800, 1L << 30, 1 << 20))
                : List.of();
    }
}
