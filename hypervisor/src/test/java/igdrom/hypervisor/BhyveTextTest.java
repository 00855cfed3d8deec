package igdrom.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.VmPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Reads the command line as bhyve does.
class BhyveTextTest {
    /// Source: FreeBSD, usr.sbin/bhyve/amd64/bhyverun_machdep.c: `getopt()`.
    private static final String FLAGS = "aACDehHPSuWwxY";

    private static final String WITH_VALUE = "cfGgKklmoprsUt";

    @Test
    void command_line_is_what_bhyve_reads() {
        Map<String, String> nodes = nodes(plan());
        assertThat(nodes)
                .containsEntry("pci.0.2.0.device", "passthru")
                .containsEntry("pci.0.2.0.bus", "0")
                .containsEntry("pci.0.2.0.slot", "2")
                .containsEntry("pci.0.2.0.func", "0")
                .containsEntry("pci.0.2.0.rom", "/root/igd.rom")
                .containsEntry("pci.0.31.0.device", "lpc")
                .containsEntry("lpc.fwcfg", "qemu")
                .containsEntry("pci.0.31.0.pcireg.vendor", "host")
                .containsEntry("pci.0.31.0.pcireg.device", "host")
                .containsEntry("pci.0.31.0.pcireg.revid", "host")
                .containsEntry("pci.0.31.0.pcireg.subvendor", "host")
                .containsEntry("pci.0.31.0.pcireg.subdevice", "host")
                .containsEntry("memory.size", "8192M")
                .containsEntry("memory.wired", "true")
                .doesNotContainKey("pci.0.31.0.fwcfg");
        assertThat(nodes.keySet()).noneMatch(key -> key.contains("fbuf"));
    }

    @Test
    void check_prints_the_same_configuration_and_starts_nothing() {
        List<ConfigPart> parts = Configurations.write(plan());
        Map<String, String> checked = parse(parts.get(2).text());
        assertThat(checked.remove("config.dump")).isEqualTo("1");
        assertThat(checked).isEqualTo(nodes(plan()));
    }

    @Test
    void options_for_vm_bhyve_do_not_use_the_setting_without_effect() {
        String text = Configurations.write(plan()).get(3).text();
        assertThat(text)
                .contains(
                        "passthru0=\"0/2/0=2:0\"\n",
                        "passthru0_options=\"rom=/root/igd.rom\"\n",
                        "bhyve_options=\"-o lpc.fwcfg=qemu -o pci.0.31.0.pcireg.vendor=host")
                .doesNotContain("\nfwcfg=");
    }

    @Test
    void host_keeps_its_hands_off_the_gpu() {
        assertThat(Configurations.write(plan()).getFirst().text())
                .isEqualTo("vmm_load=\"YES\"\npptdevs=\"0/2/0\"\n");
    }

    private static VmPlan plan() {
        return TestVms.plan(TestVms.request(Hypervisor.BHYVE, null), TestVms.COFFEE_LAKE);
    }

    private static Map<String, String> nodes(VmPlan plan) {
        return parse(Configurations.write(plan).get(1).text());
    }

    /// The configuration nodes of a command line.
    private static Map<String, String> parse(String text) {
        int start = text.indexOf("bhyve ") == 0 ? 0 : text.indexOf("\nbhyve ") + 1;
        String line = text.substring(start).replace("\\\n", " ");
        List<String> words =
                new ArrayList<>(Pattern.compile("\\s+").splitAsStream(line.strip()).toList());
        assertThat(words.removeFirst()).isEqualTo("bhyve");
        assertThat(words.removeLast()).as("the name of the guest").isEqualTo("igd");
        Map<String, String> nodes = new TreeMap<>();
        while (!words.isEmpty()) {
            String option = words.removeFirst();
            assertThat(option).startsWith("-").hasSize(2);
            char letter = option.charAt(1);
            if (FLAGS.indexOf(letter) >= 0) {
                if (letter == 'S') {
                    nodes.put("memory.wired", "true");
                }
                continue;
            }
            assertThat(WITH_VALUE).contains(String.valueOf(letter));
            option(letter, words.removeFirst(), nodes);
        }
        return nodes;
    }

    private static void option(char letter, String value, Map<String, String> nodes) {
        switch (letter) {
            case 'c' -> nodes.put("cpus", value);
            case 'm' -> nodes.put("memory.size", value);
            case 'o' -> {
                int equals = value.indexOf('=');
                assertThat(equals).as(value).isPositive();
                nodes.put(value.substring(0, equals), value.substring(equals + 1));
            }
            case 'l' -> {
                String[] words = value.split(",", -1);
                assertThat(Set.of("bootrom", "com1", "com2", "com3", "com4", "tpm", "pc-testdev"))
                        .contains(words[0]);
                nodes.put(words[0], words[1]);
            }
            case 's' -> slot(value, nodes);
            default -> throw new AssertionError(letter);
        }
    }

    /// `[bus:]slot[:func],device[,settings]`, in decimal.
    private static void slot(String value, Map<String, String> nodes) {
        String[] words = value.split(",", -1);
        String[] place = words[0].split(":", -1);
        int[] numbers = {0, 0, 0};
        int first = place.length == 3 ? 0 : 1;
        for (int i = 0; i < place.length; i++) {
            numbers[first + i] = Integer.parseInt(place[i]);
        }
        assertThat(numbers[1]).isBetween(0, 31);
        String node = "pci.%d.%d.%d.".formatted(numbers[0], numbers[1], numbers[2]);
        assertThat(nodes.put(node + "device", words[1])).as("two devices at " + node).isNull();
        if (!words[1].equals("passthru")) {
            return;
        }
        Matcher matcher = Pattern.compile("(\\d+)/(\\d+)/(\\d+)").matcher(words[2]);
        assertThat(matcher.matches()).as(words[2]).isTrue();
        nodes.put(node + "bus", matcher.group(1));
        nodes.put(node + "slot", matcher.group(2));
        nodes.put(node + "func", matcher.group(3));
        for (int i = 3; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            assertThat(Set.of("rom", "bootindex")).contains(words[i].substring(0, equals));
            nodes.put(node + words[i].substring(0, equals), words[i].substring(equals + 1));
        }
    }
}
