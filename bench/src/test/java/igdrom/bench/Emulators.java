package igdrom.bench;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bench.setup.Ovmf;
import igdrom.bench.setup.OvmfBuilds;
import igdrom.bench.setup.Tools;
import igdrom.fetch.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The QEMU and the firmware of the tests that boot a guest. Without them the tests are skipped.
///
/// The system property `igdrom.qemu` names a QEMU, as the variable `IGDROM_QEMU` does.
final class Emulators {
    private Emulators() {}

    static Emulator any() throws IOException {
        return withEachFirmware().getFirst();
    }

    /// Newer firmware. Without it the tests are skipped.
    static OvmfBuilds builds() throws IOException {
        Optional<OvmfBuilds> builds = OvmfBuilds.find(Environment.ofMachine());
        assumeTrue(builds.isPresent(), "no newer firmware: igdrom test --setup --more-firmware");
        return builds.orElseThrow();
    }

    /// The newest firmware first.
    static List<Emulator> withEachFirmware() throws IOException {
        Map<String, String> variables = new HashMap<>(System.getenv());
        String named = System.getProperty("igdrom.qemu", "");
        if (!named.isEmpty()) {
            variables.put("IGDROM_QEMU", named);
        }
        Environment machine = Environment.ofMachine();
        Tools tools = Tools.find(new Environment(machine.root(), machine.directory(), variables));
        assumeTrue(tools.qemu().isPresent(), "no QEMU 10.1 or newer: igdrom test --setup");
        List<Ovmf> firmwares = new ArrayList<>(tools.ovmfs());
        Path code = Path.of(named, "usr/share/OVMF/OVMF_CODE_4M.fd");
        if (!named.isEmpty() && code.toFile().exists()) {
            firmwares.addFirst(
                    new Ovmf(code, code.resolveSibling("OVMF_VARS_4M.fd"), code.toString()));
        }
        assumeTrue(!firmwares.isEmpty(), "no OVMF");
        List<Emulator> emulators = new ArrayList<>();
        for (Ovmf firmware : firmwares) {
            emulators.add(new Emulator(tools.qemu().orElseThrow(), firmware));
        }
        return emulators;
    }
}
