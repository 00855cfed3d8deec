package igdrom.bench.judge;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.judge.Observations.Look;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.linux.LinuxJudge;
import igdrom.bench.linux.LinuxReport;
import igdrom.bench.witness.MemoryMap;
import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostJudgeTest {
    private static final long HOST_ASLS = 0x7ab1_2018L;
    private static final long HOST_BASE = 0x7c00_0000L;

    private final Guest guest = new Guest();
    private long pages;
    private boolean aslsAlways;

    @Test
    void stolen_memory_at_the_hosts_base_passes() {
        guest.bdsm = HOST_BASE;
        assertThat(hostChecks("the ROM"))
                .containsExactly(
                        new Check("stolen.host", true, "0x7c000000, as on the host by the ROM"));
    }

    @Test
    void stolen_memory_elsewhere_than_the_rom_was_told_fails() {
        assertThat(hostChecks("the ROM"))
                .containsExactly(
                        new Check(
                                "stolen.host",
                                false,
                                "0x17b00000, but the host's is at 0x7c000000: i915 skips the"
                                        + " region, and Code 43 of Windows has been reported"));
    }

    @Test
    void base_that_nobody_told_the_rom_is_not_proved() {
        List<String> notProved = new ArrayList<>();
        HostJudge.judge(
                guest.expectation(), guest.observations(), host(""), new ArrayList<>(), notProved);
        assertThat(notProved)
                .singleElement()
                .asString()
                .startsWith("that stolen memory may lie elsewhere than on the host");
    }

    @Test
    void generations_that_do_not_compare_addresses_need_no_base_of_the_host() {
        guest.id = PciId.intel(0x3e92);
        assertThat(hostChecks("the ROM")).isEmpty();
    }

    @Test
    void stolen_memory_that_i915_skips_fails() {
        String skip = "[ 1.0] i915 0000:00:02.0: [drm] Skip stolen region: failed to setup";
        assertThat(
                        LinuxJudge.stolenUsed(
                                        new LinuxReport(
                                                List.of(skip),
                                                Image.EMPTY,
                                                Image.EMPTY,
                                                List.of(),
                                                true))
                                .ok())
                .isFalse();
        assertThat(LinuxJudge.stolenUsed(LinuxReport.NONE))
                .isEqualTo(
                        new Check("linux.stolen.host", true, "i915 has not skipped stolen memory"));
    }

    @Test
    void rom_that_leaves_a_raw_host_alone_passes() {
        leaveHostAlone();
        Verdict verdict = raw();
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.checks())
                .extracting(Check::id)
                .containsExactly(
                        "boot",
                        "driver",
                        "report",
                        "host.asls",
                        "host.bdsm",
                        "policy.withheld",
                        "host.pages",
                        "gop.withheld",
                        "exit",
                        "exit.host.asls",
                        "exit.host.bdsm",
                        "exit.report");
    }

    @Test
    void register_of_a_raw_host_that_is_written_at_exit_fails() {
        leaveHostAlone();
        guest.atExit = first -> changed(first, 0x1000, first.gpus().getFirst().bdsm());
        fails("exit.host.asls", "ASLS was 0x7ab12018 and is 0x1000 now");
        guest.atExit = first -> changed(first, first.gpus().getFirst().asls(), 0);
        fails("exit.host.bdsm", "BDSM was 0x7c000001 and is 0x0 now");
        guest.exits = false;
        fails("exit", "QEMU ended with code 1: no such machine");
    }

    private static Look changed(Look first, long asls, long bdsm) {
        Observations.Gpu gpu = first.gpus().getFirst();
        Observations.Gpu after =
                new Observations.Gpu(
                        asls,
                        bdsm,
                        gpu.opRegion(),
                        gpu.stolen(),
                        gpu.notMemory(),
                        gpu.writes(),
                        gpu.display());
        return new Look(first.witness().withExit(0), List.of(after), Optional.empty(), null);
    }

    @Test
    void written_asls_of_a_raw_host_fails() {
        leaveHostAlone();
        guest.asls = Guest.ASLS;
        fails("host.asls", "ASLS of the host was 0x7ab12018 and is 0x1f7e6000 now");
    }

    @Test
    void written_bdsm_of_a_raw_host_fails() {
        leaveHostAlone();
        guest.bdsm = Guest.BDSM + 1;
        guest.stolenType = 0;
        fails("host.bdsm", "BDSM of the host was 0x7c000001 and is 0x17b00001 now");
    }

    @Test
    void policy_without_stolen_memory_fails() {
        leaveHostAlone();
        guest.policy = true;
        fails(
                "policy.withheld",
                "a PlatformGopPolicy is installed, though the guest has no stolen memory: a GOP"
                        + " draws over the host's addresses");
    }

    @Test
    void page_table_with_the_hosts_addresses_fails() {
        leaveHostAlone();
        pages = 16384;
        fails(
                "host.pages",
                "16384 entries of the page table pointed at 0x7c000000 to 0x80000000: not in the"
                        + " memory map");
    }

    @Test
    void gop_that_starts_without_stolen_memory_fails() {
        leaveHostAlone();
        guest.started = true;
        fails("gop.withheld", "the GOP draws, though the guest has no stolen memory");
    }

    @Test
    void screen_that_is_on_without_stolen_memory_fails() {
        leaveHostAlone();
        guest.colours = 4;
        fails("gop.withheld", "the GOP draws, though the guest has no stolen memory");
    }

    @Test
    void raw_host_proves_nothing_when_the_driver_did_not_run() {
        leaveHostAlone();
        guest.variableStatus = 14;
        fails("report", "the driver has left no report: nothing shows that it ran");
    }

    @Test
    void guest_that_does_not_boot_on_a_raw_host_fails() {
        leaveHostAlone();
        guest.cameUp = false;
        fails("boot", "QEMU ended with code 1: no such machine");
    }

    @Test
    void asls_that_the_rom_is_to_write_is_judged_as_an_opregion() {
        leaveHostAlone();
        aslsAlways = true;
        guest.asls = Guest.ASLS;
        assertThat(raw().passed()).isTrue();
        assertThat(raw().checks()).extracting(Check::id).contains("asls", "opregion.bytes");
        guest.memory = Image.EMPTY;
        assertThat(raw().passed()).isFalse();
    }

    @Test
    void host_without_bdsm_lets_a_gop_draw_with_a_policy_only() {
        leaveHostAlone();
        guest.id = PciId.intel(0x7d55);
        guest.stolen = null;
        guest.bdsm = 0;
        HostState meteorLake =
                new HostState(true, HOST_ASLS, 0, HOST_BASE, Guest.SIZE, "", false, 0);
        assertThat(raw(meteorLake).passed()).isTrue();
        guest.policy = true;
        guest.started = true;
        guest.colours = 4;
        assertThat(raw(meteorLake).passed()).isTrue();
        guest.colours = 0;
        assertThat(raw(meteorLake).checks())
                .contains(new Check("gop.picture", false, "the screen is off"));
    }

    /// What a correct driver does on such a host.
    private void leaveHostAlone() {
        guest.asls = HOST_ASLS;
        guest.bdsm = HOST_BASE + 1;
        guest.policy = false;
        guest.started = false;
        guest.colours = 0;
        guest.stolenType = MemoryMap.RESERVED;
    }

    private List<Check> hostChecks(String told) {
        List<Check> checks = new ArrayList<>();
        HostJudge.judge(
                guest.expectation(), guest.observations(), host(told), checks, new ArrayList<>());
        return checks;
    }

    private static HostState host(String told) {
        return new HostState(false, 0, 0, HOST_BASE, Guest.SIZE, told, false, 0);
    }

    private void fails(String id, String evidence) {
        assertThat(raw().checks())
                .filteredOn(check -> !check.ok())
                .containsExactly(new Check(id, false, evidence));
    }

    private Verdict raw() {
        return raw(
                new HostState(
                        true,
                        HOST_ASLS,
                        HOST_BASE + 1,
                        HOST_BASE,
                        Guest.SIZE,
                        "",
                        aslsAlways,
                        pages));
    }

    private Verdict raw(HostState host) {
        return RawJudge.verdict(guest.expectation(), host, guest.observations());
    }
}
