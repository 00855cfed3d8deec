package igdrom.report;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.Driver;
import igdrom.firmware.Artifact;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.ArtifactFilter;
import igdrom.firmware.Contents;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.VbtEditException;
import igdrom.host.Fact;
import igdrom.host.Graphics;
import igdrom.host.MemoryRange;
import igdrom.host.PciFunction;
import igdrom.host.PciFunctions;
import igdrom.host.Snapshot;
import igdrom.plan.LpcBridgePolicy;
import igdrom.plan.Parts;
import igdrom.plan.Plan;
import igdrom.plan.PlanResult.Refused;
import igdrom.plan.Planner;
import igdrom.plan.RomRequest;
import igdrom.plan.RomRequest.GopRequest;
import igdrom.plan.host.Diagnosis;
import igdrom.rom.RomParts;
import igdrom.samples.SampleFlash;
import igdrom.samples.SampleGop;
import igdrom.samples.SampleLpc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reports that together have every field.
public final class TestReports {
    public static final PciId ADL_N = PciId.intel(0x46d1);
    private static final PciId LPC = PciId.intel(0x3481);

    private static final Diagnostic ODD =
            Diagnostic.odd(Location.root("bios.bin"), 0x10, "Checksum is 0x12, expected 0x34");
    private static final Diagnostic BROKEN =
            Diagnostic.broken(Location.root("bios.bin"), 0x20, "Length is 0xffff, 0x10 are left");

    private TestReports() {}

    /// The sample image, with `device` looked for.
    public static ImageReport flash(@Nullable PciId device) {
        return Answers.image("dir/bios.bin", SampleFlash.make(), device, ArtifactFilter.EVERYTHING);
    }

    /// The sample image with diagnostics, a hash and outputs.
    public static ImageReport flashWithEverything() {
        ImageReport report = flash(ADL_N);
        Contents contents = report.contents();
        Contents damaged =
                new Contents(
                        contents.kind(),
                        contents.tree(),
                        contents.gops(),
                        contents.vbts(),
                        contents.vgaBioses(),
                        List.of(ODD, BROKEN),
                        3);
        List<ImageReport.Output> outputs = new ArrayList<>();
        for (Artifact artifact : List.copyOf(contents.vbts())) {
            outputs.add(new ImageReport.Output(artifact, "vbt.bin"));
        }
        return new ImageReport(
                report.file(),
                report.size(),
                SampleFlash.make().sha256(),
                damaged,
                report.gops(),
                report.device(),
                outputs);
    }

    /// GOPs that read the LPC bridge's id, and one whose code is not understood.
    public static ImageReport gopsOfAllKinds() {
        List<GopDriver> gops = new ArrayList<>();
        Image reads = gopThatReadsTheBridge();
        Image ia32 =
                new Emitter()
                        .image(reads)
                        .patch(reads.u32(0x3c) + 4, Image.ofHex("4c01"))
                        .toImage();
        for (Image gop : List.of(reads, ia32)) {
            gops.addAll(Answers.image("gop.efi", gop, null, ArtifactFilter.GOPS).gops());
        }
        return Answers.image("gop.efi", reads, null, ArtifactFilter.GOPS).withGops(gops);
    }

    /// A ZIP archive, in which nothing was found.
    public static ImageReport archive() {
        Image zip = Image.ofHex("504b0304" + "00".repeat(28));
        return Answers.image("bios.zip", zip, null, ArtifactFilter.EVERYTHING);
    }

    /// An image with six GOPs.
    public static ImageReport manyGops() {
        ImageReport report = flash(null);
        return report.withGops(Collections.nCopies(6, report.gops().getFirst()));
    }

    public static ExtractReport extract() {
        return new ExtractReport(flashWithEverything(), "parts", true);
    }

    public static VbtReport vbts() {
        VbtReport report = Answers.vbts("dir/bios.bin", SampleFlash.make());
        VbtReport.Entry entry = report.vbts().getFirst();
        return new VbtReport(
                report.file(),
                report.size(),
                report.sha256(),
                report.kind(),
                List.of(new VbtReport.Entry(entry.table(), entry.content(), List.of(ODD))));
    }

    /// A VBT with outputs that were switched off.
    public static VbtEditReport vbtEdit(String... outputs) {
        try {
            return VbtEditing.of("dir/bios.bin", SampleFlash.make(), List.of(outputs), "edited.bin")
                    .report();
        } catch (VbtEditException e) {
            throw new AssertionError(e);
        }
    }

    /// A ROM with a VGA BIOS and an edited GOP.
    public static BuildReport build() {
        ImageFile flash = new ImageFile("dir/bios.bin", SampleFlash.make());
        ImageFile gop = new ImageFile("gop.efi", gopThatReadsTheBridge());
        Parts parts = PartSelection.select(new PartFiles(gop, null, null, flash, flash), true);
        RomRequest request =
                RomRequest.of(ADL_N).withGop(new GopRequest(true, new LpcBridgePolicy(true, LPC)));
        Plan plan = (Plan) Planner.plan(request, parts, null);
        return new BuildReport("igd.rom", plan, RomParts.of(plan, Driver.bundled()).assemble());
    }

    /// A ROM whose GOP is for another device.
    public static RefusalReport refusal() {
        ImageFile flash = new ImageFile("dir/bios.bin", SampleFlash.make());
        Parts parts = PartSelection.select(new PartFiles(null, null, null, null, flash), true);
        RomRequest request = RomRequest.of(PciId.intel(0x46d4));
        return new RefusalReport((Refused) Planner.plan(request, parts, null));
    }

    public static RomCheckReport romCheck() {
        Image rom = build().rom().image();
        return Answers.rom("dir/igd.rom", rom, Optional.of(ADL_N), Optional.of(LPC));
    }

    public static DriverStepsReport driverSteps() {
        return new DriverStepsReport(
                "IgdromReport",
                List.of(
                        new DriverStepsReport.Step(
                                2,
                                "device",
                                1,
                                "found",
                                false,
                                true,
                                0,
                                0x46d1_8086L,
                                0x10,
                                "device",
                                "8086:46d1 at 0000:00:02.0"),
                        new DriverStepsReport.Step(
                                9,
                                "stolen",
                                6,
                                "failed",
                                true,
                                false,
                                0x8000_0000_0000_0009L,
                                -1,
                                1,
                                "stolen memory",
                                "no room (EFI status 0x8000000000000009)"),
                        new DriverStepsReport.Step(
                                99,
                                null,
                                98,
                                null,
                                false,
                                false,
                                0,
                                1,
                                2,
                                "step 99",
                                "outcome 98, 0x1, 0x2 (a later igdrom may know)")),
                2,
                List.of(ODD),
                DriverConclusion.NO_STOLEN_MEMORY);
    }

    /// A test that passed and has everything, or one that failed and has little.
    public static TestReport test(boolean complete) {
        return complete
                ? test(TestReport.Verdict.PASS, null)
                : test(
                        TestReport.Verdict.FAIL,
                        TestCause.of("OVERDRAW", "draws over the guest's memory at 0x0"));
    }

    public static TestReport test(TestReport.Verdict verdict, @Nullable TestCause cause) {
        boolean passed = cause == null;
        return new TestReport(
                "igd.rom",
                ADL_N,
                new TestReport.Machine(
                        passed ? "q35" : "pc",
                        passed ? null : PciId.intel(0x7000),
                        passed,
                        /* real= */ false),
                verdict,
                passed ? List.of() : List.of("an OpRegion: the ROM has none"),
                List.of(
                        new TestReport.Check("opregion.asls", true, "ASLS is 0x7bf00000"),
                        new TestReport.Check("stolen.bdsm", passed, "BDSM is 0x7c800001")),
                List.of("real silicon"),
                cause,
                passed ? new TestReport.Registers(0x7bf0_0000L, 0x7c80_0001L) : null,
                passed ? "shot.png" : null);
    }

    public static SetupReport setup() {
        return new SetupReport(
                "/tools",
                new SetupReport.Fetched(List.of("qemu 1:10.1"), 1024, "http://127.0.0.1/debian"),
                List.of(new SetupReport.Qemu("10.1.0", "/tools/qemu", List.of("/tools/qemu"))),
                List.of(new SetupReport.Ovmf("/tools/ovmf", "/tools/code.fd", "/tools/vars.fd")),
                List.of(new SetupReport.Kernel("/tools/vmlinuz", "/tools/modules")),
                List.of(new SetupReport.Refused("/usr/bin/qemu", "is version 7.2")));
    }

    /// A host of which only the id of the IGD is known.
    public static DoctorReport doctor() {
        return new DoctorReport(
                new HostSource(
                        HostSource.Kind.TEXTS,
                        "pasted",
                        "bios.bin",
                        false,
                        ADL_N,
                        PciId.intel(0x5481)),
                Diagnosis.of(snapshot().snapshot()),
                List.of(new DoctorReport.ReadFile("lspci.txt", List.of("lspci"), "")),
                null);
    }

    public static BundleReport bundle() {
        return new BundleReport(
                "out.zip",
                1234,
                List.of(
                        new BundleReport.BundledFile(
                                "snapshot.json",
                                5678,
                                "the facts about the host",
                                List.of("names"))),
                true);
    }

    public static SnapshotReport snapshot() {
        Snapshot none = Snapshot.unknown("a test", "a test", "permission denied");
        PciFunction igd =
                new PciFunction(
                        "0000:00:02.0",
                        new Fact.Known<>(ADL_N, "device"),
                        unknown("revision"),
                        unknown("class"),
                        unknown("subsystem"),
                        new Fact.Known<>(Image.of(new byte[64]), "config"),
                        none.igd().use());
        return new SnapshotReport(
                "host.json",
                1234,
                new Snapshot(
                        "a test",
                        new PciFunctions(igd, none.hostBridge(), none.lpc(), none.pci().others()),
                        new Graphics(
                                unknown("i915_opregion"),
                                unknown("i915_vbt"),
                                new Fact.Known<>(new MemoryRange(0x7c80_0000, 0x400_0000), "iomem"),
                                none.graphics().holders(),
                                none.graphics().connectors(),
                                none.graphics().users(),
                                none.graphics().rom()),
                        none.iommu(),
                        none.firmware(),
                        none.vfio(),
                        none.kernel(),
                        none.machine(),
                        none.hypervisors(),
                        none.image()));
    }

    private static <T> Fact<T> unknown(String source) {
        return new Fact.Unknown<>(source, "permission denied");
    }

    private static Image gopThatReadsTheBridge() {
        return SampleGop.driver(21, 0, 1066, List.of(ADL_N), SampleLpc.byPorts()).raw();
    }
}
