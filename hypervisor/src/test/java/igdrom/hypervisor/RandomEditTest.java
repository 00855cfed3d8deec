package igdrom.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.plan.GuestMachine;
import igdrom.plan.vm.VmPlan;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;

/// Definitions made at random keep byte for byte what a change is not about.
class RandomEditTest {
    private static final int COUNT = 150;

    private static final Set<String> CHANGED =
            Set.of("bios", "machine", "cpu", "vga", "hostpci0", "args", "hookscript");

    private static final Pattern KEY = Pattern.compile("([a-z0-9]+):.*", Pattern.DOTALL);

    private static final VmPlan PROXMOX =
            TestVms.plan(TestVms.proxmox("9", GuestMachine.PC), TestVms.ADL_N);

    private static final VmPlan LIBVIRT =
            TestVms.plan(TestVms.libvirt("11.3", GuestMachine.Q35), TestVms.APOLLO_LAKE);

    @Test
    void configuration_of_proxmox_keeps_all_other_lines() {
        Random random = new Random(1);
        for (int i = 0; i < COUNT; i++) {
            String text = configuration(random);
            VmEdit edit = ProxmoxEdit.of("100.conf", text, PROXMOX, "100");
            assertThat(edit.refusals()).as(text).isEmpty();
            assertThat(unchanged(edit.after())).as(text).isEqualTo(unchanged(text));
            assertThat(ProxmoxEdit.of("100.conf", edit.after(), PROXMOX, "100").changes())
                    .as(text)
                    .isFalse();
        }
    }

    private static String configuration(Random random) {
        StringBuilder text = new StringBuilder();
        int lines = random.nextInt(12);
        for (int i = 0; i < lines; i++) {
            text.append(
                    switch (random.nextInt(9)) {
                        case 0 -> "# " + noise(random) + "\n";
                        case 1 -> "scsi" + i + ": local:" + noise(random) + "\n";
                        case 2 -> "new-key" + i + ":  " + noise(random) + " \n";
                        case 3 -> "cpu: x86-64-v2-AES,flags=+aes\n";
                        case 4 -> "args: -smbios type=1,serial=" + random.nextInt() + "\n";
                        case 5 -> "machine: q35\n";
                        case 6 -> "net" + i + ": virtio=AA:BB:CC:DD:EE:FF,bridge=vmbr0\r\n";
                        case 7 -> "no colon " + noise(random) + "\n";
                        default -> "hostpci" + (1 + i) + ": 0000:01:00.0\n";
                    });
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append("\n[snap").append(i).append("]\n");
            text.append("hostpci0: 0000:00:02.0\nargs: ").append(noise(random)).append('\n');
        }
        return random.nextInt(8) == 0 ? text.toString().stripTrailing() : text.toString();
    }

    /// The lines that a change is not about, without their ends: the last one may get one.
    private static List<String> unchanged(String text) {
        List<String> lines = new ArrayList<>();
        boolean section = false;
        for (String line : text.split("(?<=\n)", -1)) {
            section |= line.startsWith("[");
            var key = KEY.matcher(line);
            if (section || !key.matches() || !CHANGED.contains(key.group(1))) {
                lines.add(line.endsWith("\n") ? line : line + "\n");
            }
        }
        lines.removeIf(line -> line.equals("\n"));
        return lines;
    }

    @Test
    void domain_of_libvirt_keeps_all_other_text() throws XMLStreamException {
        Random random = new Random(2);
        for (int i = 0; i < COUNT; i++) {
            List<String> kept = new ArrayList<>();
            String text = domain(random, kept);
            VmEdit edit = LibvirtEdit.of("guest.xml", text, LIBVIRT);
            assertThat(edit.refusals()).as(text).isEmpty();
            int at = 0;
            for (String piece : kept) {
                int found = edit.after().indexOf(piece, at);
                assertThat(found)
                        .as("%s\nof\n%s\nin\n%s", piece, text, edit.after())
                        .isNotNegative();
                at = found + piece.length();
            }
            parse(edit.after());
            assertThat(LibvirtEdit.of("guest.xml", edit.after(), LIBVIRT).after())
                    .as(text)
                    .isEqualTo(edit.after());
        }
    }

    private static void parse(String xml) throws XMLStreamException {
        XMLStreamReader reader =
                XMLInputFactory.newInstance().createXMLStreamReader(new StringReader(xml));
        while (reader.hasNext()) {
            reader.next();
        }
    }

    private static String domain(Random random, List<String> kept) {
        StringBuilder text = new StringBuilder();
        add(
                text,
                kept,
                random.nextBoolean()
                        ? "<?xml version='1.0'?>\n<!-- " + random.nextInt() + " -->\n"
                        : "");
        text.append(
                random.nextBoolean() ? "<domain type=\"kvm\">" : "<domain\n\ttype='kvm' id='3' >");
        add(text, kept, "\n  <name>guest</name>" + unknown(random));
        add(text, kept, "<os firmware='efi'><type machine='q35'>hvm</type></os>\n");
        switch (random.nextInt(4)) {
            case 0 -> add(text, kept, "<cpu mode='host-passthrough' check='none'>");
            case 1 -> text.append("<cpu mode='host-model'/>");
            case 2 -> text.append("<cpu mode='host-passthrough'/>");
            default -> {
                // No processor.
            }
        }
        if (text.toString().endsWith("check='none'>")) {
            add(text, kept, "<topology sockets='1' cores='4' threads='1'/>");
            text.append("</cpu>");
        }
        add(text, kept, unknown(random) + "\n  <devices>");
        for (int i = random.nextInt(6); i > 0; i--) {
            device(text, kept, random);
        }
        add(text, kept, "\n  </devices>" + unknown(random));
        if (random.nextBoolean()) {
            add(text, kept, "<seclabel  type=\"none\"/>");
        }
        add(text, kept, "\n</domain>\n" + (random.nextBoolean() ? "<!-- end -->" : ""));
        return text.toString();
    }

    private static void device(StringBuilder text, List<String> kept, Random random) {
        switch (random.nextInt(6)) {
            case 0 -> text.append("\n    <video><model type='qxl'/></video>");
            case 1 ->
                    text.append(
                            "<graphics type='spice' autoport='yes'><listen"
                                    + " type='none'/></graphics>");
            case 2 ->
                    add(
                            text,
                            kept,
                            "<hostdev type='pci' mode='subsystem'><source><address domain='0'"
                                    + " bus='0x01' slot='0' function='0'/></source></hostdev>");
            case 3 ->
                    add(
                            text,
                            kept,
                            "<disk type='file'><source file='/a&amp;"
                                    + random.nextInt()
                                    + "'/></disk>");
            case 4 ->
                    add(
                            text,
                            kept,
                            "\n    <controller type='pci' index='"
                                    + random.nextInt(1, 9)
                                    + "' model='pcie-root-port'/>");
            default -> add(text, kept, unknown(random));
        }
    }

    private static String unknown(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "\n<!-- <video> " + random.nextInt() + " -->";
            case 1 ->
                    "\r\n"
                            + "\t<metadata><app:x xmlns:app=\"urn:x\"  b = '\"' >1 &gt; 0</app:x"
                            + " ></metadata>";
            case 2 ->
                    "<new-element a='>'><![CDATA[<video/>" + random.nextInt() + "]]></new-element>";
            case 3 -> "<?tool " + random.nextInt() + "?>";
            default -> "<description>caf\u00e9 &#233; " + random.nextInt() + "</description>";
        };
    }

    private static void add(StringBuilder text, List<String> kept, String piece) {
        text.append(piece);
        kept.add(piece);
    }

    private static String noise(Random random) {
        StringBuilder noise = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            noise.append("abc:=,;[]#%'\"\\ \t\u00e9\u00ff0".charAt(random.nextInt(19)));
        }
        return noise.toString();
    }
}
