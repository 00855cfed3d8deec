package igdrom.hypervisor;

import igdrom.plan.GuestMachine;
import igdrom.plan.vm.GuestDevice;
import igdrom.plan.vm.GuestFirmware;
import igdrom.plan.vm.GuestSystem;
import igdrom.plan.vm.ProgramVersion;
import igdrom.plan.vm.SlotAddress;
import igdrom.plan.vm.VfioProperty;
import igdrom.plan.vm.VmPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes definitions of libvirt.
///
/// Spec: libvirt, "Domain XML format" and "QEMU driver", `qemu:override`.
public final class LibvirtText {
    private static final String NAMESPACE =
            "xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'";

    private static final String HOOK = "/etc/libvirt/hooks/qemu.d/igdrom-";
    private static final String GUEST = "igd";
    static final String ALIAS = "ua-igd";

    /// The first version that limits the width of addresses below that of the host.
    private static final ProgramVersion HAS_LIMIT = new ProgramVersion(9, 3, 0);

    /// The first version with `qemu:override`.
    private static final ProgramVersion HAS_OVERRIDE = new ProgramVersion(8, 2, 0);

    private LibvirtText() {}

    static List<ConfigPart> parts(VmPlan plan) {
        return List.of(
                ConfigPart.file(
                        "A new guest without disks; \"virsh define igd.xml\" adds it",
                        "igd.xml",
                        domain(plan)),
                ConfigPart.paste(
                        "For an existing guest (virsh edit, on Unraid the XML view): these elements"
                                + " replace the ones of the same kind",
                        fragment(plan)),
                hook(plan, GUEST));
    }

    /// The hook for a guest.
    static ConfigPart hook(VmPlan plan, String guest) {
        String name = guest.replaceAll("[^\\w.-]", "_");
        return ConfigPart.script(
                "The hook, which gives the GPU back to the host when the guest stops; libvirtd must"
                        + " be restarted once after it was created. It is for the guest named "
                        + guest,
                HOOK + name,
                HookScript.of(plan, "libvirt-" + name, "", use(guest)));
    }

    private static String use(String guest) {
        return """
        [ "$1" = %s ] || exit 0
        case $2/$3 in
            prepare/begin) take || exit 1 ;;
            release/end) give_back ;;
        esac
        """
                .formatted(ShellWord.quoted(guest));
    }

    private static boolean has(VmPlan plan, ProgramVersion version) {
        ProgramVersion libvirt = plan.definition().versions().libvirt();
        return libvirt == null || libvirt.isAtLeast(version);
    }

    /// A domain.
    public static String domain(VmPlan plan) {
        Lines text = new Lines();
        text.add("<domain type='kvm' %s>", NAMESPACE);
        comment(text, plan);
        text.add("  <name>%s</name>", GUEST);
        text.add("  <memory unit='MiB'>%d</memory>", plan.memoryMiB());
        text.add("  <vcpu>4</vcpu>");
        firmware(text, plan);
        features(text, plan);
        processor(text, plan);
        if (plan.definition().guest() == GuestSystem.WINDOWS) {
            text.add("  <clock offset='localtime'/>");
        }
        text.add("  <devices>");
        text.add("    <emulator>/usr/bin/qemu-system-x86_64</emulator>");
        devices(text, plan);
        text.add("    <memballoon model='none'/>");
        text.add("  </devices>");
        options(text, plan);
        text.add("</domain>");
        return text.toString();
    }

    private static void comment(Lines text, VmPlan plan) {
        text.add("  <!--");
        for (String line : Explanation.of(plan)) {
            // Two hyphens would end the comment.
            text.add("    " + line.replace("--", "- -"));
        }
        text.add("  -->");
    }

    private static void firmware(Lines text, VmPlan plan) {
        String type =
                "    <type arch='x86_64' machine='%s'>hvm</type>".formatted(plan.machine().id());
        if (plan.firmware() == GuestFirmware.SEABIOS) {
            text.add("  <os>").add(type).add("  </os>");
            return;
        }
        String secure = plan.definition().secureBoot() ? "yes" : "no";
        text.add("  <os firmware='efi'>").add(type);
        text.add("    <!-- Without this line libvirt may choose either kind of firmware. -->");
        text.add("    <firmware>");
        text.add("      <feature enabled='%s' name='secure-boot'/>", secure);
        if (plan.definition().secureBoot()) {
            text.add("      <feature enabled='yes' name='enrolled-keys'/>");
        }
        text.add("    </firmware>");
        text.add("  </os>");
    }

    private static void features(Lines text, VmPlan plan) {
        text.add("  <features>");
        text.add("    <acpi/>").add("    <apic/>");
        if (plan.definition().guest() == GuestSystem.WINDOWS) {
            text.add("    <hyperv>");
            text.add("      <relaxed state='on'/>").add("      <vapic state='on'/>");
            text.add("      <spinlocks state='on' retries='8191'/>");
            text.add("    </hyperv>");
        }
        if (plan.definition().secureBoot()) {
            text.add("    <smm state='on'/>");
        }
        text.add("  </features>");
    }

    private static void processor(Lines text, VmPlan plan) {
        int bits = plan.addressWidth().bits();
        text.add("  <cpu mode='host-passthrough' migratable='off'>");
        text.add(
                has(plan, HAS_LIMIT)
                        ? "    <maxphysaddr mode='passthrough' limit='%d'/>"
                        : "    <maxphysaddr mode='emulate' bits='%d'/>",
                bits);
        text.add("  </cpu>");
    }

    private static void devices(Lines text, VmPlan plan) {
        text.add("    <hostdev mode='subsystem' type='pci' managed='yes'>");
        text.add("      <driver name='vfio'/>");
        text.add("      <source>%s</source>", hostAddress(plan.igd().host()));
        text.add("      <alias name='%s'/>", ALIAS);
        if (plan.igd().romFile() != null) {
            text.add("      <rom bar='on' file='%s'/>", escaped(plan.igd().romFile()));
        }
        SlotAddress address = plan.igd().address();
        if (address != null) {
            text.add(
                    "      <address type='pci' domain='0x0000' bus='0x00' slot='0x%02x'"
                                    .formatted(address.slot())
                            + " function='0x%x'/>".formatted(address.function()));
        }
        text.add("    </hostdev>");
        for (GuestDevice other : plan.definition().others()) {
            if (other.host() != null) {
                text.add("    <hostdev mode='subsystem' type='pci' managed='yes'>");
                text.add("      <driver name='vfio'/>");
                text.add("      <source>%s</source>", hostAddress(other.host()));
                text.add("    </hostdev>");
            }
        }
        text.add("    <video><model type='none'/></video>");
    }

    /// `0000:00:02.0` as an element.
    private static String hostAddress(String address) {
        return "<address domain='0x%s' bus='0x%s' slot='0x%s' function='0x%s'/>"
                .formatted(
                        address.substring(0, 4),
                        address.substring(5, 7),
                        address.substring(8, 10),
                        address.substring(11));
    }

    private static void options(Lines text, VmPlan plan) {
        boolean overrides = has(plan, HAS_OVERRIDE) && !plan.igd().options().isEmpty();
        List<String> arguments = new ArrayList<>();
        if (plan.definition().lowBars()) {
            // As an element of sysinfo libvirt refuses it: "That firmware name is reserved".
            arguments.add("-fw_cfg");
            arguments.add(OvmfSetting.LOW_BARS);
        }
        if (!overrides) {
            for (Map.Entry<String, String> option : plan.igd().options().entrySet()) {
                arguments.add("-global");
                arguments.add("vfio-pci." + option.getKey() + "=" + option.getValue());
            }
        }
        if (!arguments.isEmpty()) {
            text.add("  <qemu:commandline>");
            for (String argument : arguments) {
                text.add("    <qemu:arg value='%s'/>", escaped(argument));
            }
            text.add("  </qemu:commandline>");
        }
        if (!overrides) {
            return;
        }
        text.add("  <qemu:override>");
        text.add("    <qemu:device alias='%s'>", ALIAS);
        text.add("      <qemu:frontend>");
        for (Map.Entry<String, String> option : plan.igd().options().entrySet()) {
            text.add("        " + property(option.getKey(), option.getValue()));
        }
        text.add("      </qemu:frontend>");
        text.add("    </qemu:device>");
        text.add("  </qemu:override>");
    }

    private static String property(String name, String value) {
        VfioProperty.Type type =
                VfioProperty.named(name).map(VfioProperty::type).orElse(VfioProperty.Type.TEXT);
        return switch (type) {
            case BOOLEAN -> property(name, "bool", VfioProperty.isOn(value) ? "true" : "false");
            case ON_OFF_AUTO, TEXT -> property(name, "string", escaped(value));
            // libvirt reads decimal numbers only.
            case NUMBER ->
                    property(
                            name,
                            "unsigned",
                            Long.toString(VfioProperty.number(value).orElseThrow()));
        };
    }

    private static String property(String name, String type, String value) {
        return "<qemu:property name='%s' type='%s' value='%s'/>".formatted(name, type, value);
    }

    private static String fragment(VmPlan plan) {
        Lines text = new Lines();
        text.add("<!-- The root element needs: %s -->", NAMESPACE);
        text.add(
                "<!-- Machine: %s. No other device may be in slot 2 of bus 0%s. -->",
                plan.machine().id(),
                plan.machine() == GuestMachine.Q35
                        ? ", root ports (<controller type='pci'>) included"
                        : "");
        processor(text, plan);
        text.add("  <!-- In <devices>; every other <video> and <graphics> goes. -->");
        devices(text, plan);
        text.add("  <!-- At the end of <domain>. -->");
        options(text, plan);
        return text.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
    }
}
