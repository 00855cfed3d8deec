package igdrom.hypervisor;

import igdrom.hypervisor.CommandWords.Word;
import igdrom.plan.vm.GuestDevice;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.SlotAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads command lines of bhyve, and configurations of vm-bhyve.
final class BhyveReader {
    private static final Pattern SLOT =
            Pattern.compile("(?:(\\d{1,3}):)?(\\d{1,3})(?::(\\d{1,3}))?");
    private static final Pattern HOST =
            Pattern.compile("(?:pci)?(?:0:)?(\\d{1,3})[/:](\\d{1,3})[/:](\\d{1,3})");
    private static final Pattern PASSTHRU = Pattern.compile("passthru(\\d+)=(.*)");
    private static final Pattern MEMORY = Pattern.compile("(\\d{1,7})([MmGg]?)");
    private static final int MIB_PER_GIB = 1024;

    private final VmBuilder vm;
    private boolean qemuFwCfg;
    private int fwCfgLine;

    private BhyveReader(String name) {
        vm = new VmBuilder(Hypervisor.BHYVE, name);
        vm.bhyve();
    }

    static ReadVm read(String name, String text) {
        BhyveReader reader = new BhyveReader(name);
        List<Word> words = CommandWords.split(name, text);
        if (isVmBhyve(text)) {
            reader.vmBhyve(name, words);
        } else {
            reader.command(words);
        }
        reader.checkFwCfg();
        return reader.vm.build();
    }

    static boolean isVmBhyve(String text) {
        return PASSTHRU.matcher(text).find();
    }

    private void command(List<Word> words) {
        for (int i = 0; i + 1 < words.size(); i++) {
            Word value = words.get(i + 1);
            switch (words.get(i).text()) {
                case "-s" -> slot(value);
                case "-m" -> memory(value.text(), value.line());
                case "-o" -> variable(value);
                case "-l" -> {
                    if (value.text().startsWith("bootrom,")
                            && value.text().endsWith(",fwcfg=qemu")) {
                        qemuFwCfg = true;
                    }
                }
                default -> {
                    // Nothing that concerns the IGD.
                }
            }
        }
    }

    private void variable(Word value) {
        if (value.text().equals("lpc.fwcfg=qemu")) {
            qemuFwCfg = true;
        } else if (value.text().equals("pci.0.31.0.fwcfg=qemu")) {
            fwCfgLine = value.line();
        }
    }

    private void checkFwCfg() {
        if (vm.hasIgd() && !qemuFwCfg) {
            vm.error(
                    "fwcfg",
                    fwCfgLine,
                    "bhyve offers QEMU's fw_cfg only with lpc.fwcfg=qemu"
                            + (fwCfgLine == 0 ? "" : "; the setting here is read by nobody"),
                    "nothing",
                    "add -o lpc.fwcfg=qemu");
        }
    }

    /// `[bus:]slot[:func],device[,settings]`.
    private void slot(Word value) {
        String[] parts = value.text().split(",", -1);
        Matcher matcher = SLOT.matcher(parts[0]);
        if (parts.length < 2 || !matcher.matches() || parts[0].length() > 12) {
            return;
        }
        boolean three = matcher.group(3) != null;
        String slotText = three || matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        String functionText =
                three ? matcher.group(3) : matcher.group(1) == null ? "0" : matcher.group(2);
        int slot = Integer.parseInt(slotText);
        int function = Integer.parseInt(functionText);
        if (slot > 0x1f || function > 7) {
            return;
        }
        SlotAddress address = new SlotAddress(slot, function);
        if (parts[1].equals("lpc") && value.text().endsWith("fwcfg=qemu")) {
            fwCfgLine = value.line();
        }
        if (parts[1].equals("fbuf")) {
            vm.error(
                    "fbuf",
                    value.line(),
                    "Windows is reported to crash while it installs the driver of the IGD",
                    "nothing",
                    "remove it, or add it only while the system is installed");
        }
        if (!parts[1].equals("passthru") || parts.length < 3) {
            vm.other(new GuestDevice(parts[1], null, null, address), value.line());
            return;
        }
        List<String> settings = List.of(parts).subList(3, parts.length);
        passthru(parts[2], address, settings, value.line());
    }

    private void passthru(String host, SlotAddress address, List<String> settings, int line) {
        Matcher matcher = HOST.matcher(host);
        if (!matcher.matches() || host.length() > 20) {
            return;
        }
        String full =
                "0000:%02x:%02x.%x"
                        .formatted(
                                Integer.parseInt(matcher.group(1)),
                                Integer.parseInt(matcher.group(2)),
                                Integer.parseInt(matcher.group(3)));
        if (vm.hasIgd() || !QemuReader.isIgd(full)) {
            vm.other(new GuestDevice("passthru " + host, full, null, address), line);
            return;
        }
        vm.igd(full, line);
        vm.address(address, line);
        for (String setting : settings) {
            if (setting.startsWith("rom=")) {
                vm.romFile(setting.substring("rom=".length()), line);
            }
        }
    }

    private void vmBhyve(String name, List<Word> words) {
        String rom = "";
        for (Word word : words) {
            if (word.text().startsWith("passthru0_options=rom=")) {
                rom = word.text().substring("passthru0_options=rom=".length());
            }
        }
        for (Word word : words) {
            String text = word.text();
            Matcher passthru = PASSTHRU.matcher(text);
            if (passthru.matches()) {
                List<String> parts = new ArrayList<>(List.of(passthru.group(2).split("=", 2)));
                Matcher at = SLOT.matcher(parts.size() > 1 ? parts.get(1) : "");
                if (at.matches() && at.group(1) != null && parts.get(1).length() < 8) {
                    int slot = Integer.parseInt(at.group(1));
                    int function = Integer.parseInt(at.group(2));
                    List<String> settings =
                            passthru.group(1).equals("0") && !rom.isEmpty()
                                    ? List.of("rom=" + rom)
                                    : List.of();
                    if (slot <= 0x1f && function <= 7) {
                        passthru(
                                parts.get(0),
                                new SlotAddress(slot, function),
                                settings,
                                word.line());
                    }
                }
            } else if (text.startsWith("memory=")) {
                memory(text.substring("memory=".length()), word.line());
            } else if (text.equals("fwcfg=qemu")) {
                fwCfgLine = word.line();
            } else if (text.startsWith("bhyve_options=")) {
                List<Word> options = new ArrayList<>();
                for (Word option :
                        CommandWords.split(name, text.substring("bhyve_options=".length()))) {
                    options.add(new Word(option.text(), word.line()));
                }
                command(options);
            }
        }
    }

    private void memory(String text, int line) {
        Matcher matcher = MEMORY.matcher(text);
        if (matcher.matches()) {
            int size = Integer.parseInt(matcher.group(1));
            boolean gib = matcher.group(2).equalsIgnoreCase("G");
            vm.memory(gib && size < 1 << 20 ? size * MIB_PER_GIB : size, line);
        }
    }
}
