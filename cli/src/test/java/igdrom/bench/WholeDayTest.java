package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.linux.HostKvm;
import igdrom.bench.setup.Ovmf;
import igdrom.bench.setup.Qemu;
import igdrom.bench.setup.Tools;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.RomData;
import igdrom.fetch.Environment;
import igdrom.formats.pci.PciId;
import igdrom.rom.RomParts;
import igdrom.samples.SampleOpRegion;
import igdrom.testing.Corpus;
import igdrom.virtualigd.IgdModel;
import igdrom.virtualigd.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.XZInputStream;

/// One day of somebody who hands the IGD of a Debian host to a guest, as the guides describe it:
/// the doctor and its fixes, a reboot, the ROM, libvirt, a picture, and everything as before.
///
/// Debian with its kernel, its QEMU 10.0, its OVMF and its libvirt are the real ones, and so is the
/// board's firmware in which igdrom finds the GOP. These parts are substitutes:
///
/// - the machine is emulated, its IGD is the virtual one, and it looks like hardware (no flag
///   `hypervisor`, a vendor in the DMI tables), since the doctor does not judge a guest;
/// - its processor has an emulated SVM, so that the definition of the guest stays as igdrom wrote
///   it, with KVM and the host's processor. In return one byte of the module kvm-amd is changed
///   ([HostKvm]);
/// - the test is the boot loader ([BootMenu]), and the user at the terminal;
/// - the ROM is built with `--pch`, since the board of the emulated machine has the LPC bridge of
///   q35.
///
/// It needs ten minutes of processor time and more, so it runs with the system property
/// `igdrom.all`. It needs root, debootstrap and the network, or what `igdrom.debian` keeps
/// ([DebianHost]).
class WholeDayTest {
    private static final PciId COFFEE_LAKE = PciId.intel(0x3e92);
    private static final String PROCESSOR = "max,la57=off,hypervisor=off";

    /// The image of a board's firmware, with GOP 9.0.1107.
    private static final String FIRMWARE = "firmware/gk41_test_OVMF.fd.xz";

    private static final String GUEST =
            """
            <domain type='kvm'>
              <name>guest</name><memory unit='MiB'>512</memory><vcpu>1</vcpu>
              <os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type></os>
              <features><acpi/><apic/></features>
              <cpu mode='host-passthrough'/>
              <devices>
                <emulator>/usr/bin/qemu-system-x86_64</emulator>
                <controller type='usb' model='qemu-xhci'/>
                <graphics type='vnc' passwd='secret'/>
                <video><model type='virtio'/></video>
              </devices>
            </domain>
            """;

    private static final Pattern PARAMETER =
            Pattern.compile(
                    "fix: (add|remove) (\\S+) (?:to|from) ([A-Z_]+) in (\\S+),"
                            + " then reboot (sudo update-grub)");

    private static final Pattern MODULES =
            Pattern.compile(
                    "fix: let vfio-pci take it at boot: write these lines to (\\S+), run (.+?),"
                            + " then reboot (options vfio-pci \\S+) (softdep i915 pre: vfio-pci)");

    private static final Pattern BUILD = Pattern.compile("(sudo igdrom build [^\\n]* igd\\.rom)");

    private static final String SETTING = "GRUB_CMDLINE_LINUX_DEFAULT";

    private static final String DRIVER =
            "basename \"$(readlink /sys/bus/pci/devices/0000:00:02.0/driver || echo none)\"";

    /// What libvirt says about the domain, secrets included.
    private static final String DUMP = "virsh dumpxml --inactive --security-info guest";

    @TempDir Path work = Path.of("");

    private HostDisk disk = new HostDisk(Path.of(""));

    @Test
    void day_ends_with_a_picture_and_then_with_everything_as_before() throws Exception {
        assumeTrue(Boolean.getBoolean("igdrom.all"), "takes minutes; only with -Digdrom.all=true");
        Path firmware = firmware();
        Emulator emulator = emulator();
        disk = DebianHost.make(work);
        HostKvm.keepCr8Intercept(disk, work);
        disk.replace("/root/bios.bin", firmware);
        followOldGuide();
        say("Debian with igdrom from " + DebianHost.origin());

        try (UserHost host = boot(emulator)) {
            iommuIsOff(host);
            host.powerOff();
        }
        try (UserHost host = boot(emulator)) {
            guestTakesTheDeviceFromI915(host);
            host.powerOff();
        }
        try (UserHost host = boot(emulator)) {
            vfioHasTheDeviceFromBoot(host);
            host.powerOff();
        }
    }

    /// Somebody on the Internet recommended this parameter.
    private void followOldGuide() throws Exception {
        String settings = disk.text(BootMenu.SETTINGS, work);
        assertThat(settings).contains(SETTING + "=\"quiet\"");
        Path changed = work.resolve("grub");
        Files.writeString(
                changed,
                settings.replace(SETTING + "=\"quiet\"", SETTING + "=\"quiet intel_iommu=off\""));
        disk.replace(BootMenu.SETTINGS, changed);
    }

    /// The doctor finds both problems, and the user does what it says.
    private void iommuIsOff(UserHost host) throws Exception {
        host.type("cat >guest.xml <<'END'\n" + GUEST + "END\n", 1).succeeded();
        host.type("virsh define guest.xml && " + DUMP + " >before.xml", 10).succeeded();
        Terminal.Answer doctor = igdrom(host, "doctor --firmware bios.bin", 10);
        assertThat(doctor.code()).as(doctor.toString()).isEqualTo(1);
        assertThat(doctor.flat())
                .contains("✗ iommu", "the kernel was started with intel_iommu=off")
                .contains("! driver", "i915 has it")
                .contains("no: this host cannot hand over an IGD before this is fixed: iommu");
        Matcher parameter = find(PARAMETER, doctor);
        assertThat(parameter.group(1)).isEqualTo("remove");
        assertThat(parameter.group(2)).isEqualTo("intel_iommu=off");
        edit(host, parameter.group(4), parameter.group(3), "quiet");
        host.type(parameter.group(5), 10).succeeded();
    }

    /// The user is in a hurry, and leaves the second fix for later.
    private void guestTakesTheDeviceFromI915(UserHost host) throws Exception {
        Terminal.Answer doctor = igdrom(host, "doctor --firmware bios.bin", 10);
        assertThat(doctor.code()).as(doctor.toString()).isZero();
        assertThat(doctor.flat())
                .contains("✓ iommu on: dmar0", "✓ iommu-group", "! driver")
                .contains("yes: this host can hand its IGD to a guest")
                .doesNotContain("✗");
        Matcher build = BUILD.matcher(doctor.text());
        assertThat(build.find()).as(doctor.toString()).isTrue();
        Terminal.Answer built = piped(host, build.group(1) + " --pch 8086:a308", 20);
        assertThat(built.code()).as(built.toString()).isZero();
        assertThat(built.flat()).contains("9.0.1107", "works on q35 and pc");

        String config = "config --for libvirt --rom igd.rom --domain guest ";
        Terminal.Answer applied = igdrom(host, config + "--apply", 10).succeeded();
        assertThat(applied.flat())
                .contains("libvirtd finds a new hook only when it is restarted")
                .contains("/var/lib/libvirt/qemu/igd.rom placed")
                .contains("/etc/libvirt/hooks/qemu.d/igdrom-guest placed")
                .doesNotContain("passwd='secret'");
        host.type("systemctl restart libvirtd", 5).succeeded();
        assertThat(driver(host)).isEqualTo("i915");
        Picture console = picture(host, "the host's console");

        drawn(host);
        assertThat(driver(host)).isEqualTo("vfio-pci");
        Terminal.Answer busy = igdrom(host, config + "--rollback", 10);
        assertThat(busy.flat()).contains("the guest is running: shut it down first");
        assertThat(busy.code()).isEqualTo(1);

        host.type("virsh destroy guest", 10).succeeded();
        await(host, DRIVER, "i915");
        Picture again = picture(host, "the host's console, given back");
        assertThat(again.width()).isEqualTo(console.width());
        assertThat(again.height()).isEqualTo(console.height());
        quiet(host);

        // In the afternoon there is time for the second fix.
        Matcher modules = find(MODULES, doctor);
        host.type(
                        "printf '%%s\\n' '%s' '%s' >%s"
                                .formatted(modules.group(3), modules.group(4), modules.group(1)),
                        1)
                .succeeded();
        host.type(modules.group(2), 20).succeeded();
    }

    private void vfioHasTheDeviceFromBoot(UserHost host) throws Exception {
        Terminal.Answer doctor = igdrom(host, "doctor --firmware bios.bin", 10).succeeded();
        assertThat(doctor.flat())
                .contains("✓ driver vfio-pci has it, ready for a guest")
                .contains("yes: this host can hand its IGD to a guest")
                .doesNotContain("✗");
        drawn(host);
        host.type("virsh destroy guest", 10).succeeded();
        assertThat(driver(host)).isEqualTo("vfio-pci");

        Terminal.Answer restored =
                igdrom(host, "config --for libvirt --rom igd.rom --domain guest --rollback", 10)
                        .succeeded();
        assertThat(restored.flat())
                .contains("/var/lib/libvirt/qemu/igd.rom removed")
                .contains("/etc/libvirt/hooks/qemu.d/igdrom-guest removed");
        host.type(DUMP + " | cmp - before.xml", 5).succeeded();
        host.type(
                        "test ! -e /var/lib/libvirt/qemu/igd.rom"
                                + " && test ! -e /etc/libvirt/hooks/qemu.d/igdrom-guest"
                                + " && test -z \"$(ls -A /var/lib/igdrom)\"",
                        1)
                .succeeded();
        quiet(host);
    }

    /// Starts the guest, waits for its picture, and checks it as the device itself shows it.
    private void drawn(UserHost host) throws Exception {
        host.type("virsh start guest", 10).succeeded();
        Picture picture = picture(host, "the guest's firmware");
        assertThat(picture.width()).isEqualTo(800);
        assertThat(picture.height()).isEqualTo(600);
        List<Long> pages = host.gpu().pages();
        assertThat(pages).hasSize(469);
        long first = pages.getFirst();
        for (int i = 0; i < pages.size(); i++) {
            assertThat(pages.get(i)).isEqualTo(first + 4096L * i);
        }
        // The guest's own, not the host's; and the host's registers are as its firmware left them.
        assertThat(first).isBetween(1L << 20, (512L << 20) - 1);
        assertThat(host.gpu().device().asls()).isEqualTo(HostStackCommand.ASLS);
        assertThat(host.gpu().device().bdsm()).isEqualTo(HostStackCommand.BDSM | 1);
    }

    /// A picture with more than text in it, which does not change any more.
    private static Picture picture(UserHost host, String whose) throws Exception {
        boolean guest = whose.contains("guest");
        Optional<Picture> last = Optional.empty();
        Terminal.Limits limits = host.limits(Duration.ofMinutes(10));
        limits.begin();
        while (true) {
            Optional<Picture> now = host.gpu().picture();
            if (now.isPresent() && now.equals(last) && now.get().colours(3) >= (guest ? 3 : 2)) {
                say("picture of " + whose + ": " + now.get().width() + "x" + now.get().height());
                return now.get();
            }
            last = now;
            limits.check("picture of " + whose);
            TimeUnit.SECONDS.sleep(3);
        }
    }

    /// Nothing went wrong in the host's kernel, and the IOMMU has refused nothing of the IGD.
    private static void quiet(UserHost host) throws Exception {
        Terminal.Answer log =
                host.type("dmesg | grep -E 'Oops|BUG:|WARNING:|DMAR.*00:02\\.0.*fault'", 1);
        assertThat(log.text()).isEmpty();
    }

    private static void await(UserHost host, String command, String wanted) throws Exception {
        Terminal.Answer answer =
                host.type(
                        "for i in $(seq 60); do [ \"$(%s)\" = %s ] && break; sleep 1; done; %s"
                                .formatted(command, wanted, command),
                        10);
        assertThat(answer.text().strip()).isEqualTo(wanted);
    }

    private static String driver(UserHost host) throws Exception {
        return host.type(DRIVER, 1).text().strip();
    }

    /// The user's editor.
    private static void edit(UserHost host, String file, String variable, String value)
            throws Exception {
        host.type("sed -i 's/^%s=.*/%s=\"%s\"/' %s".formatted(variable, variable, value, file), 1)
                .succeeded();
    }

    private static Matcher find(Pattern fix, Terminal.Answer doctor) {
        Matcher matcher = fix.matcher(doctor.flat());
        assertThat(matcher.find()).as(doctor.toString()).isTrue();
        return matcher;
    }

    private static Terminal.Answer igdrom(UserHost host, String arguments, int minutes)
            throws Exception {
        return piped(host, "igdrom " + arguments, minutes);
    }

    /// Into a pipe, without colours and progress.
    private static Terminal.Answer piped(UserHost host, String command, int minutes)
            throws Exception {
        Terminal.Answer answer =
                host.type(command + " 2>&1 | cat; (exit ${PIPESTATUS[0]})", minutes);
        say(answer.toString());
        return answer;
    }

    private UserHost boot(Emulator emulator) throws Exception {
        say("boot");
        return UserHost.boot(emulator, board(), disk, PROCESSOR);
    }

    private static TestMachine board() {
        Image rom = RomParts.of(COFFEE_LAKE, RomData.NONE).image();
        return TestMachine.builder(
                        RomContents.read(rom, Location.root("igd.rom")),
                        IgdModel.of(COFFEE_LAKE),
                        MachineType.Q35)
                .files(SampleOpRegion.named("COFFEELAKE"), 64 << 20, 0)
                .build();
    }

    private static Emulator emulator() throws IOException {
        Tools tools = Tools.find(Environment.ofMachine());
        Optional<Qemu> qemu = tools.qemu();
        Optional<Ovmf> ovmf = tools.ovmf();
        assumeTrue(qemu.isPresent() && ovmf.isPresent(), "no QEMU");
        return new Emulator(qemu.orElseThrow(), ovmf.orElseThrow());
    }

    private Path firmware() throws IOException {
        Path packed = Corpus.root().resolve(FIRMWARE);
        assumeTrue(Files.exists(packed), "no " + FIRMWARE);
        Path unpacked = work.resolve("bios.bin");
        try (XZInputStream in = new XZInputStream(Files.newInputStream(packed))) {
            Files.copy(in, unpacked);
        }
        return unpacked;
    }

    /// Writes to the record of the day, which `target` keeps.
    private static void say(String text) {
        try {
            Files.writeString(
                    Path.of(System.getProperty("basedir", ""), "target", "whole-day.txt"),
                    "%tT %s\n".formatted(LocalTime.now(ZoneOffset.UTC), text),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
