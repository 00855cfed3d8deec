package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.Diagnosis.Cause;
import igdrom.bench.judge.Observations;
import igdrom.bench.judge.Verdict;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bytes.Image;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.testing.Corpus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final PciId COFFEE_LAKE = PciId.intel(0x3e92);
    private static final Check PICTURE = new Check("gop.picture", true, "800x600");
    private static final Check DARK = new Check("gop.picture", false, "the screen is off");

    @Test
    void pass_needs_no_cause() {
        assertThat(Diagnosis.of(plain(), outcome(plain(), PICTURE))).isEmpty();
    }

    @Test
    void interruption_is_its_own_cause() {
        Verdict verdict = new Verdict(List.of(DARK), List.of());
        assertThat(of(plain(), verdict.interrupted(new Verdict.Interruption(true, "busy"))))
                .isEqualTo(new Diagnosis(Cause.BUSY, "busy"));
        assertThat(of(plain(), verdict.interrupted(new Verdict.Interruption(false, "over"))))
                .isEqualTo(new Diagnosis(Cause.TIME_LIMIT, "over"));
    }

    @Test
    void picture_outside_stolen_memory_comes_first() {
        String evidence = "draws over the guest's memory at 0x0, outside the stolen memory";
        assertThat(of(plain(), PICTURE, failed("bdsm"), new Check("gop.stolen", false, evidence)))
                .isEqualTo(new Diagnosis(Cause.OVERDRAW, "draws over the guest's memory at 0x0"));
    }

    @Test
    void guest_that_does_not_come_up_has_a_cause() {
        String ended = "QEMU exited with code 3: no such machine";
        assertThat(of(plain(), new Check("boot", false, ended)))
                .isEqualTo(new Diagnosis(Cause.QEMU_ENDED, ended));
        assertThat(of(plain(), new Check("boot", false, "no")))
                .isEqualTo(new Diagnosis(Cause.STANDS_STILL, "no"));
        assertThat(of(gop(RomData.NONE), new Check("boot", false, "no")))
                .isEqualTo(new Diagnosis(Cause.GOP_WAITS, "no"));
    }

    @Test
    void dark_screen_on_q35_is_the_bridge() {
        RomData data =
                RomData.NONE.withBuiltFor(
                        new RomData.BuiltFor(
                                Set.of(RomData.Target.Q35),
                                COFFEE_LAKE.device(),
                                0,
                                RomData.OpRegionOrigin.NONE));
        assertThat(of(gop(data), DARK)).isEqualTo(new Diagnosis(Cause.LPC_BRIDGE, "8086:2918"));
    }

    @Test
    void dark_screen_beside_a_known_bridge_is_the_vbt() {
        assertThat(of(gop(RomData.NONE), DARK)).isEqualTo(new Diagnosis(Cause.MADE_UP_VBT, ""));
        RomData data = Roms.embedding(Roms.opRegion("COFFEELAKE"), false, 0);
        assertThat(of(gop(data), DARK)).isEqualTo(new Diagnosis(Cause.OTHER_VBT, ""));
        RomData none = Roms.embedding(Roms.opRegionWithoutVbt(), false, 0);
        assertThat(of(gop(none), DARK)).isEqualTo(new Diagnosis(Cause.NO_VBT, ""));
    }

    @Test
    void dark_screen_of_another_device_is_the_gop() {
        Image gop = Corpus.image("gop/mrcb_soc_intel_cml_IntelGopDriver.efi");
        TestMachine machine = Roms.machine(Roms.withGop(PciId.intel(0x46a6), gop));
        assertThat(of(machine, DARK).cause()).isEqualTo(Cause.GOP_DEVICE);
        assertThat(of(machine, DARK).detail()).startsWith("8086:46a6: ").endsWith(" not 46a6");
    }

    @Test
    void other_failures_are_the_drivers() {
        assertThat(of(plain(), PICTURE, failed("policy.lid")))
                .isEqualTo(new Diagnosis(Cause.OUR_DRIVER, "policy.lid: odd"));
        assertThat(of(plain(), failed("asls"))).isEqualTo(new Diagnosis(Cause.NO_OPREGION, ""));
        assertThat(of(plain(), failed("driver"))).isEqualTo(new Diagnosis(Cause.NOT_STARTED, ""));
        assertThat(of(plain(), PICTURE, failed("rom.vbt")))
                .isEqualTo(new Diagnosis(Cause.VBT_MISSING, "odd"));
        assertThat(of(plain(), failed("rom.whole"), failed("driver")))
                .isEqualTo(new Diagnosis(Cause.DAMAGED, "odd"));
        assertThat(of(plain(), PICTURE, failed("linux.vbt")))
                .isEqualTo(new Diagnosis(Cause.LINUX, "odd"));
    }

    @Test
    void kinds_of_verdicts() {
        assertThat(kind(PICTURE)).isEqualTo(Verdict.Kind.PASS);
        assertThat(kind(PICTURE, failed("bdsm"))).isEqualTo(Verdict.Kind.DRAWS);
        assertThat(kind(PICTURE, failed("gop.stolen"))).isEqualTo(Verdict.Kind.FAIL);
        assertThat(kind(DARK)).isEqualTo(Verdict.Kind.FAIL);
        assertThat(kind()).isEqualTo(Verdict.Kind.FAIL);
    }

    private static Verdict.Kind kind(Check... checks) {
        return new Verdict(List.of(checks), List.of()).kind();
    }

    private static Check failed(String id) {
        return new Check(id, false, "odd");
    }

    private static TestMachine plain() {
        return Roms.machine(Roms.of(COFFEE_LAKE, RomData.NONE));
    }

    private static TestMachine gop(RomData data) {
        Image gop = Corpus.image("gop/mrcb_soc_intel_cml_IntelGopDriver.efi");
        return Roms.machine(Roms.withGop(COFFEE_LAKE, gop, data));
    }

    private static Diagnosis of(TestMachine machine, Check... checks) {
        return of(machine, new Verdict(List.of(checks), List.of()));
    }

    private static Diagnosis of(TestMachine machine, Verdict verdict) {
        return Diagnosis.of(machine, outcome(machine, verdict)).orElseThrow();
    }

    private static Outcome outcome(TestMachine machine, Check... checks) {
        return outcome(machine, new Verdict(List.of(checks), List.of()));
    }

    private static Outcome outcome(TestMachine machine, Verdict verdict) {
        return new Outcome(
                verdict,
                Expectations.of(machine),
                new Observations(List.of(), null, "", ""),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }
}
